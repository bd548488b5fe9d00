using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class SubsetTests
{
    [Fact]
    public void Samples_are_those_of_the_whole_in_the_given_order()
    {
        VectorDataset whole = VectorDataset.OfClasses([2], [0, 1, 2, 3, 4, 5], [0, 1, 0], "a", "b");
        Subset subset = new(whole, [2, 0, 2]);
        float[] inputs = subset.Read<float>(Field.InputName, [1, 2]);
        long[] classes = subset.Read<long>(Field.TargetName, [0, 1]);
        Assert.Equal([0f, 1, 4, 5], inputs);
        Assert.Equal([0L, 0], classes);
        Assert.Equal((3, 2), (subset.Count, subset.Target.Width));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Subset(whole, [3]));
    }

    [Fact]
    public void Large_batches_and_values_work_too()
    {
        VectorDataset whole = VectorDataset.OfValues([1], [5, 6], [7, 8], "y");
        Subset subset = new(whole, [.. Enumerable.Range(0, 3000).Select(i => i % 2)]);
        float[] values = subset.Read<float>(Field.TargetName, [.. Enumerable.Range(0, 3000)]);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => 7f + i % 2), values);
    }
}
