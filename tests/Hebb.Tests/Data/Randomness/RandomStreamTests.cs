using Hebb.Data;
using Hebb.Kernels;

namespace Hebb.Tests.Data;

public sealed class RandomStreamTests
{
    [Fact]
    public void Numbers_are_those_of_philox_at_the_items_positions()
    {
        double[] expected = new double[200];
        Philox.Uniform(5, RngStreams.Data, 9ul << 32, expected);
        RandomStream random = new(5, RngStreams.Data, 9);
        Assert.Equal(expected, Enumerable.Range(0, 200).Select(_ => random.NextDouble()));
    }

    [Fact]
    public void Seeds_purposes_and_items_give_different_numbers_and_the_same_ones_repeat()
    {
        Assert.Equal(First(1, 2, 3), First(1, 2, 3));
        Assert.Equal(4, new[] { First(1, 2, 3), First(2, 2, 3), First(1, 3, 3), First(1, 2, 4) }.Distinct().Count());

        static double First(ulong seed, ulong purpose, ulong item) => new RandomStream(seed, purpose, item).NextDouble();
    }

    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        const int count = 100_000;
        RandomStream random = new(7, 1);
        double[] uniform = Draw(random.NextDouble), bell = Draw(random.Bell), normal = Draw(random.Normal);
        Check(uniform, 0.5, 1.0 / 12);
        Check(bell, 0, 1);
        Check(normal, 0, 1);
        Assert.All(uniform, x => Assert.InRange(x, 0, 1 - 1e-16));
        Assert.All(bell, x => Assert.InRange(x, -3.4642, 3.4642));
        Assert.InRange(normal.Count(x => Math.Abs(x) > 2), 4550 - 330, 4550 + 330);
        Assert.Contains(normal, x => Math.Abs(x) > 3.6);

        static double[] Draw(Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

        // Five standard errors; a normal number's fourth moment bounds all three.
        static void Check(double[] x, double mean, double variance)
        {
            Assert.Equal(mean, x.Average(), 5 * Math.Sqrt(variance / count));
            Assert.Equal(variance, x.Average(v => (v - mean) * (v - mean)), 5 * variance * Math.Sqrt(2.0 / count));
        }
    }
}
