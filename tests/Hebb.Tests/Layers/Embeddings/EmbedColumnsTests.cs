using Hebb.Layers;

namespace Hebb.Tests.Layers;

public class EmbedColumnsTests
{
    [Fact]
    public void EachCategoryHasItsRowWhereItsNumberStood()
    {
        EmbedColumns layer = new(3, (1, 4, 2));
        Tensor table = layer.StateDict()["1.weight"];
        Tensor y = layer.Forward(Tensor.From<float>([0.5f, 3, -1, 7, 0, 8], [2, 3])).Detach();
        Assert.Equal(4, layer.OutputWidth);
        Assert.Equal([0.5f, .. table[3].ToArray<float>(), -1], y[0].ToArray<float>());
        Assert.Equal([7f, .. table[0].ToArray<float>(), 8], y[1].ToArray<float>());
    }

    [Fact]
    public void ColumnsMustBeInTheRowAndRise()
    {
        Assert.Throws<ArgumentException>(() => new EmbedColumns(2, (2, 4, 2)));
        Assert.Throws<ArgumentException>(() => new EmbedColumns(2, (1, 4, 2), (0, 3, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbedColumns(0));
        Assert.Throws<ShapeException>(() => new EmbedColumns(2, (0, 4, 2)).Forward(Tensor.Zeros([1, 2], DType.Int64)));
        Assert.ThrowsAny<ArgumentException>(() => new EmbedColumns(1, (0, 4, 2)).Forward(Tensor.Full([1, 1], 4)));
    }
}
