using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class VectorDatasetTests
{
    [Fact]
    public void Classes_and_values_are_fetched_by_index()
    {
        VectorDataset values = VectorDataset.OfValues([1, 2], [0, 1, 2, 3], [10, 11, 20, 21], "u", "v");
        float[] inputs = new float[2], outputs = new float[4];
        values.FillInputs([1], inputs);
        values.FillValues([1, 0], outputs);
        Assert.Equal([2f, 3], inputs);
        Assert.Equal([20f, 21, 10, 11], outputs);
        Assert.Equal(Target.Values("u", "v"), values.Target);
        Assert.Throws<InvalidOperationException>(() => values.FillClasses([0], new long[1]));
        VectorDataset classes = VectorDataset.OfClasses([1], [0], [0], "a");
        Assert.Throws<InvalidOperationException>(() => classes.FillValues([0], new float[1]));
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
