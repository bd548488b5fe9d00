namespace Hebb.Tests.Ops.Random;

public class LogUniformTests
{
    /// <summary>
    /// The logarithms of 7,000 numbers of 10^U(-6, 1) fall evenly into 70 bins: χ² with 69 degrees of freedom is below 111 in 999 of 1,000
    /// draws.
    /// </summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void EveryOrderOfMagnitudeIsAsLikely(ulong seed)
    {
        double[] x = Tensor.LogUniform([7000], new Rng(seed), 1e-6, 10, DType.Float64).ToArray<double>();
        Assert.All(x, value => Assert.InRange(value, 1e-6, 10));
        int[] counts = new int[70];
        foreach (double value in x) counts[Math.Min(69, (int)((Math.Log10(value) + 6) * 10))]++;
        Assert.InRange(counts.Sum(count => (count - 100.0) * (count - 100.0) / 100), 40, 111);
    }

    [Fact]
    public void BoundsMustBePositiveAndRise()
    {
        Rng rng = new(1);
        foreach ((double low, double high) in ((double, double)[])[(0, 1), (2, 1), (-1, 1), (1, double.PositiveInfinity), (double.NaN, 1)])
            Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.LogUniform([1], rng, low, high));
        Assert.All(Tensor.LogUniform([1000], rng, 1e-3f, 2e-3f).ToArray<float>(), value => Assert.InRange(value, 1e-3f, 2e-3f));
    }
}
