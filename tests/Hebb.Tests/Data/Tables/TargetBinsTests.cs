using Hebb.Data;

namespace Hebb.Tests.Data;

public class TargetBinsTests
{
    [Fact]
    public void NumbersBecomeClassesAndBack()
    {
        TargetBins bins = TargetBins.EqualWidth([0, 10, 3], 5);
        Assert.Equal([0.0, 2, 4, 6, 8, 10], bins.Edges);
        Assert.Equal([0L, 0, 1, 4, 4, 0], bins.ClassesOf(Tensor.From<float>(0, 1.9f, 2, 10, 99, -5)).ToArray<long>());
        Assert.Equal([1.0, 3, 5, 7, 9], Enumerable.Range(0, 5).Select(bins.CenterOf));
        Assert.Equal([5.0, 2], bins.Expectation(Tensor.From<double>([0.2, 0.2, 0.2, 0.2, 0.2, 0.5, 0.5, 0, 0, 0], [2, 5])).ToArray<double>()
            .Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void BadEdgesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TargetBins(1));
        Assert.Throws<ArgumentException>(() => new TargetBins(1, 1));
        Assert.Throws<ArgumentException>(() => TargetBins.EqualWidth([3, 3], 2));
        Assert.Throws<ShapeException>(() => new TargetBins(0, 1, 2).Expectation(Tensor.Zeros([3])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TargetBins(0, 1).CenterOf(1));
    }
}
