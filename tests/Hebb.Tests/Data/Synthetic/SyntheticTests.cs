using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class SyntheticTests
{
    [Fact]
    public void Exclusive_or_is_the_parity_of_two_bits()
    {
        VectorDataset set = Synthetic.Parity(2);
        Assert.Equal([0f, 0, 0, 1, 1, 0, 1, 1], Inputs(set));
        Assert.Equal([0L, 1, 1, 0], Classes(set));
        Assert.Equal([0L, 1, 1, 0, 1, 0, 0, 1], Classes(Synthetic.Parity(3)));
    }

    [Fact]
    public void Consecutive_ones_are_found_in_all_vectors()
    {
        VectorDataset set = Synthetic.ConsecutiveOnes();
        Assert.Equal(16, set.Count);
        float[] inputs = Inputs(set);
        long[] classes = Classes(set);
        for (int i = 0; i < 16; i++)
            Assert.Equal(string.Concat(inputs[(4 * i)..(4 * i + 4)]).Contains("11", StringComparison.Ordinal) ? 1 : 0, classes[i]);
        Assert.Equal(64 - 21, Classes(Synthetic.ConsecutiveOnes(6)).Sum()); // 21 = F(8): Fibonacci counts vectors without neighbors
        Assert.Throws<ArgumentOutOfRangeException>(() => Synthetic.ConsecutiveOnes(21));
    }

    [Fact]
    public void Spirals_lie_on_their_arms()
    {
        float[] inputs = Inputs(Synthetic.Spirals(300, arms: 3, turns: 2, noise: 0));
        for (int i = 0; i < 300; i++)
        {
            double x = inputs[2 * i], y = inputs[2 * i + 1], t = Math.Sqrt(x * x + y * y);
            double angle = 2 * Math.PI * (2 * t + i % 3 / 3.0);
            Assert.InRange(t, 0.05, 1);
            Assert.Equal(t * Math.Cos(angle), x, 1e-5);
            Assert.Equal(t * Math.Sin(angle), y, 1e-5);
        }
    }

    [Fact]
    public void Moons_lie_on_their_half_circles()
    {
        float[] inputs = Inputs(Synthetic.Moons(200, noise: 0));
        for (int i = 0; i < 200; i++)
        {
            double x = inputs[2 * i] - i % 2, y = inputs[2 * i + 1] - 0.5 * (i % 2);
            Assert.Equal(1, x * x + y * y, 1e-5);
            Assert.True(i % 2 == 0 ? y >= 0 : y <= 1e-6);
        }
    }

    [Fact]
    public void Blobs_have_their_centers_and_spread()
    {
        float[] inputs = Inputs(Synthetic.Blobs(6000, clouds: 4, deviation: 0.5));
        double[] x = [.. Enumerable.Range(0, 1500).Select(i => (double)inputs[8 * i + 2])],
            y = [.. Enumerable.Range(0, 1500).Select(i => (double)inputs[8 * i + 3])];
        Assert.Equal(0, x.Average(), 0.07);
        Assert.Equal(4, y.Average(), 0.07);
        Assert.Equal(0.25, y.Average(v => (v - 4) * (v - 4)), 0.05);
    }

    [Fact]
    public void A_line_has_its_slope_intercept_and_noise()
    {
        VectorDataset set = Synthetic.Line(5000, slope: 3, intercept: -1, noise: 0.2);
        float[] x = Inputs(set), y = new float[5000];
        y = set.Read<float>(Field.TargetName, [.. Enumerable.Range(0, 5000)]);
        double meanX = x.Average(), meanY = y.Average();
        double slope = Enumerable.Range(0, 5000).Sum(i => (x[i] - meanX) * (y[i] - meanY)) / x.Sum(v => (v - meanX) * (v - meanX));
        Assert.Equal(3, slope, 0.03);
        Assert.Equal(-1, meanY - slope * meanX, 0.02);
        Assert.Equal(0.2, Math.Sqrt(Enumerable.Range(0, 5000).Average(i => Math.Pow(y[i] - slope * x[i] + 1, 2))), 0.02);
    }

    [Fact]
    public void Noisy_prototypes_scatter_around_the_three_vectors()
    {
        VectorDataset set = Synthetic.Prototypes();
        Assert.Equal((300, 6, 3), (set.Count, set.InputShape.Count, set.Target.Width));
        float[] inputs = Inputs(set);
        double[] means = [.. Enumerable.Range(0, 6).Select(j => Enumerable.Range(0, 100).Average(i => inputs[18 * i + 6 + j]))];
        double[] second = [-0.3096, 0.4767, 0.0416, 0.8221, 0.3553, -0.9552];
        for (int j = 0; j < 6; j++) Assert.Equal(second[j], means[j], 0.05);
    }

    [Fact]
    public void A_dose_has_its_hidden_curve()
    {
        VectorDataset set = Synthetic.Dose(5, noise: 0);
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f, 1], Inputs(set));
        float[] values = set.Read<float>(Field.TargetName, [.. Enumerable.Range(0, 5)]);
        for (int i = 0; i < 5; i++) Assert.Equal(0.4 + 0.5 * Math.Exp(-Math.Pow((0.25 * i - 0.55) / 0.25, 2)), values[i], 1e-6);
    }

    [Fact]
    public void Diets_follow_age_and_income()
    {
        VectorDataset set = Synthetic.Diets(1000, noise: 0);
        float[] x = Inputs(set);
        long[] classes = Classes(set);
        for (int i = 0; i < 1000; i++)
        {
            Assert.InRange(x[2 * i], 16, 80);
            Assert.InRange(x[2 * i + 1], 10_000, 150_000);
            double score = (x[2 * i] - 48) / 18.5 + (x[2 * i + 1] - 80_000) / 40_400;
            if (Math.Abs(score) > 1e-4) Assert.Equal(score < 0 ? 1 : 0, classes[i]);
        }
        Assert.InRange(classes.Sum(), 400, 600);
    }

    [Fact]
    public void Ratings_have_five_stars_of_which_three_is_the_most_frequent()
    {
        VectorDataset set = Synthetic.Ratings();
        int[] counts = [.. Enumerable.Range(0, 5).Select(star => Classes(set).Count(c => c == star))];
        Assert.All(counts, count => Assert.InRange(count, 50, 500));
        Assert.Equal(2, Array.IndexOf(counts, counts[1..4].Max()));
    }

    [Fact]
    public void Seeds_choose_and_repeat()
    {
        foreach (Func<ulong, VectorDataset> make in (Func<ulong, VectorDataset>[])
            [seed => Synthetic.Spirals(seed: seed), seed => Synthetic.Moons(seed: seed), seed => Synthetic.Blobs(seed: seed), seed =>
                Synthetic.Line(seed: seed), seed => Synthetic.Prototypes(seed: seed),
                seed => Synthetic.Dose(seed: seed), seed => Synthetic.Diets(seed: seed), seed => Synthetic.Ratings(seed: seed)])
        {
            Assert.Equal(Inputs(make(1)), Inputs(make(1)));
            Assert.NotEqual(All(make(1)), All(make(2)));
        }
    }

    private static double[] All(VectorDataset set)
    {
        float[] values = new float[set.Target.IsClass ? 0 : set.Count];
        if (!set.Target.IsClass) values = set.Read<float>(Field.TargetName);
        return [.. Inputs(set), .. values];
    }

    private static float[] Inputs(VectorDataset set)
    {
        float[] inputs = set.Read<float>(Field.InputName);
        return inputs;
    }

    private static long[] Classes(VectorDataset set)
    {
        long[] classes = set.Read<long>(Field.TargetName);
        return classes;
    }
}
