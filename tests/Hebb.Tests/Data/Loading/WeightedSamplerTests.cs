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

    [Fact]
    public void Classes_of_very_different_sizes_come_equally_often_in_one_line()
    {
        int[] classes = [.. Enumerable.Range(0, 10_000).Select(i => i % 100 == 0 ? 2 : i % 10 == 1 ? 1 : 0)];
        VectorDataset data = VectorDataset.OfClasses([1], new float[10_000], classes, "often", "seldom", "rare");
        DataLoader loader = new(data, 500, new DataLoaderOptions { Sampler = WeightedSampler.ByClass(data, seed: 1) });
        long[] counts = new long[3];
        foreach (Batch batch in loader.Epoch(0))
        {
            foreach (long c in batch.Target.ToArray<long>()) counts[c]++;
        }
        Assert.Equal(10_000, counts.Sum());
        Assert.All(counts, count => Assert.InRange(count, 3_333 - 200, 3_333 + 200));
        Assert.Equal(70, WeightedSampler.ByClass(data, 1, 70).Count);
        Assert.Throws<InvalidOperationException>(() => WeightedSampler.ByClass(Synthetic.Line(), 1));
    }

    [Fact]
    public void Independent_draws_miss_about_a_third_of_the_samples()
    {
        int[] order = new int[10_000];
        WeightedSampler.Even(10_000, seed: 3).Fill(0, order);
        Assert.InRange(order.Distinct().Count() / 10_000.0, 1 - Math.Exp(-1) - 0.02, 1 - Math.Exp(-1) + 0.02);
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedSampler.Even(0, 1));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.0)]
    public void Weights_that_make_no_sense_are_refused(double weight) =>
        Assert.Throws<ArgumentException>(() => new WeightedSampler([0, weight], 0));
}
