namespace Hebb.Tests.Core;

public class SliceTests
{
    private static Tensor Grid => Tensor.Arange(0, 12).Reshape(3, 4);

    [Fact]
    public void PositionsRangesAndSteps()
    {
        Assert.Equal([4L, 5, 6, 7], Grid[1].ToArray<long>());
        Assert.Equal([11L], [Grid[^1, -1].Item<long>()]);
        Assert.Equal([1L, 2, 5, 6], Grid[..2, 1..3].ToArray<long>());
        Assert.Equal([0L, 2, 8, 10], Grid[Slice.Every(2), Slice.Every(2)].ToArray<long>());
        Assert.Equal([1L, 3], Grid[0, Slice.Every(2, 1..)].ToArray<long>());
        Assert.Equal([0, 4], Grid[0..0].Shape);
    }

    [Fact]
    public void PositionsOutsideAreNamed()
    {
        Assert.Contains("axis 1", Assert.Throws<ShapeException>(() => Grid[0, 4]).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Grid[2..5]);
        Assert.Throws<ShapeException>(() => Grid[0, 0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Grid[Slice.Every(0)]);
    }

    [Fact]
    public void GradientOfASliceStandsAtItsPlace()
    {
        Tensor x = Tensor.Zeros([3, 4], DType.Float64).Track();
        Tensor y = x[1.., Slice.Every(3)];
        y.Backward(Tensor.From<double>([1, 2, 3, 4], [2, 2]));
        Assert.Equal([0.0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0, 4], x.Grad!.ToArray<double>());
    }
}
