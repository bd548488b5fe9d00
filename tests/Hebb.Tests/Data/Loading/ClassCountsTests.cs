using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class ClassCountsTests
{
    [Fact]
    public void Every_class_counts_alike()
    {
        VectorDataset data = VectorDataset.OfClasses(
            [1], new float[10_000], [.. Enumerable.Range(0, 10_000).Select(i => i % 4 == 0 ? 2 : 0)], "a", "none", "b");
        Assert.Equal([7_500, 0, 2_500], ClassCounts.Of(data));
        float[] weights = ClassCounts.Weights(data).ToArray<float>();
        Assert.Equal([2 / 3f, 0, 2], weights);
        Assert.Equal(10_000, 7_500 * weights[0] + 2_500 * weights[2], 1e-2);
        Assert.Throws<InvalidOperationException>(() => ClassCounts.Of(Synthetic.Line()));
    }
}
