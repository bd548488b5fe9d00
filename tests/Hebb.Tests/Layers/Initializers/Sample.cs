namespace Hebb.Tests.Layers.Initializers;

/// <summary>What a large sample says of the law it was drawn from.</summary>
internal static class Sample
{
    /// <summary>
    /// Fails unless mean and standard deviation lie within four standard errors, and all values within the bound if there is one.
    /// </summary>
    public static void Check(Tensor sample, double mean, double std, double? bound)
    {
        double[] x = sample.Detach().Cast(DType.Float64).ToArray<double>();
        double found = x.Average(), spread = Math.Sqrt(x.Sum(value => (value - found) * (value - found)) / (x.Length - 1));
        Assert.Equal(mean, found, 4 * std / Math.Sqrt(x.Length));
        Assert.Equal(std, spread, 4 * std / Math.Sqrt(x.Length));
        if (bound is not { } end)
        {
            // About 4.5 standard deviations are reached by a normal sample of 100,000, and never by a uniform one.
            Assert.InRange(x.Max(), mean + 3 * std, mean + 7 * std);
            return;
        }
        Assert.All(x, value => Assert.InRange(value, mean - end - 1e-6 * end, mean + end + 1e-6 * end));
        Assert.InRange(x.Max(), mean + 0.99 * end, mean + 1.000001 * end);
    }
}
