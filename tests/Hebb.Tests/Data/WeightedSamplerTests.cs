using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class WeightedSamplerTests
{
    [Fact]
    public void Samples_come_as_often_as_they_weigh()
    {
        WeightedSampler sampler = new([1, 0, 3, 4, 0], seed: 2, count: 80_000);
        int[] order = new int[sampler.Count];
        sampler.Fill(0, order);
        int[] counts = [.. Enumerable.Range(0, 5).Select(sample => order.Count(s => s == sample))];
        Assert.Equal((0, 0), (counts[1], counts[4]));
        Assert.InRange(counts[0], 10_000 - 500, 10_000 + 500);
        Assert.InRange(counts[2], 30_000 - 700, 30_000 + 700);
        int[] next = new int[sampler.Count];
        sampler.Fill(1, next);
        Assert.NotEqual(order, next);
    }

    [Fact]
    public void Balanced_weights_make_classes_equally_likely()
    {
        Assert.Equal([0.5, 0.5, 1], WeightedSampler.Balanced([7, 7, 3]));
        Assert.Equal(3, new WeightedSampler([1, 1, 1], 0).Count);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.0)]
    public void Weights_that_make_no_sense_are_refused(double weight) =>
        Assert.Throws<ArgumentException>(() => new WeightedSampler([0, weight], 0));
}
