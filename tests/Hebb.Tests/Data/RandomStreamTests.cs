using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_first_words_are_those_of_the_published_known_answer()
    {
        RandomStream random = new(0, 0);
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], Enumerable.Range(0, 4).Select(_ => random.NextUInt32()));
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

    [Fact]
    public void Whole_numbers_are_even_and_in_range()
    {
        int[] hits = new int[7];
        RandomStream random = new(3, 1);
        for (int i = 0; i < 70_000; i++) hits[random.Below(7)]++;
        Assert.All(hits, n => Assert.InRange(n, 10_000 - 470, 10_000 + 470));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.Below(int.MaxValue), 0, int.MaxValue - 1));
    }

    [Fact]
    public void A_shuffle_is_a_permutation_and_every_one_is_as_likely()
    {
        Dictionary<string, int> seen = [];
        for (ulong item = 0; item < 6000; item++)
        {
            int[] order = [0, 1, 2];
            new RandomStream(1, 1, item).Shuffle(order);
            string key = string.Concat(order);
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(6, seen.Count);
        Assert.All(seen.Values, n => Assert.InRange(n, 1000 - 150, 1000 + 150));
    }
}
