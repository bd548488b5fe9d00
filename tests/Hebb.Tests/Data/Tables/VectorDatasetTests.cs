using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class VectorDatasetTests
{
    [Fact]
    public void Classes_and_values_are_fetched_by_index()
    {
        VectorDataset values = VectorDataset.OfValues([1, 2], [0, 1, 2, 3], [10, 11, 20, 21], "u", "v");
        float[] inputs = values.Read<float>(Field.InputName, [1]);
        float[] outputs = values.Read<float>(Field.TargetName, [1, 0]);
        Assert.Equal([2f, 3], inputs);
        Assert.Equal([20f, 21, 10, 11], outputs);
        Assert.Equal(Target.Values("u", "v"), values.Target);
        Assert.Throws<InvalidOperationException>(() => values.Read<long>(Field.TargetName, [0]));
        VectorDataset classes = VectorDataset.OfClasses([1], [0], [0], "a");
        Assert.Throws<InvalidOperationException>(() => classes.Read<float>(Field.TargetName, [0]));
    }

    [Fact]
    public void Classes_and_values_are_copies()
    {
        (int[] indices, float[] numbers) = ([0], [1]);
        VectorDataset classes = VectorDataset.OfClasses([1], [0], indices, "a"), values = VectorDataset.OfValues([1], [0], numbers, "v");
        (indices[0], numbers[0]) = (7, 7);
        Assert.Equal([0L], classes.Read<long>(Field.TargetName, [0]));
        Assert.Equal([1f], values.Read<float>(Field.TargetName, [0]));
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => VectorDataset.OfClasses([2], [0, 1, 2], [0], "a"));
        Assert.Throws<ArgumentException>(() => VectorDataset.OfClasses([1], [0], [1], "a"));
        Assert.Throws<ArgumentException>(() => VectorDataset.OfValues([1], [0], [1, 2, 3], "a", "b"));
        Assert.Throws<ArgumentException>(() => VectorDataset.OfValues([1], [0], [1, 2], "a"));
    }
}
