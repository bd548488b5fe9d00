namespace Hebb.Tests.Ops.Random;

public class RandomTests
{
    [Fact]
    public void EveryDrawIsAFunctionOfSeedStreamAndPlace()
    {
        Rng one = new(7, 3), other = new(7, 3), third = new(8, 3);
        float[] whole = Tensor.Uniform([10], one).ToArray<float>();
        float[] parts = [.. Tensor.Uniform([4], other).ToArray<float>(), .. Tensor.Uniform([6], other).ToArray<float>()];
        Assert.Equal(whole, parts);
        Assert.NotEqual(whole, Tensor.Uniform([10], third).ToArray<float>());
        Assert.NotEqual(whole, Tensor.Uniform([10], one).ToArray<float>());
        Assert.Equal(20ul, one.Position);
        one.Position = 0;
        Assert.Equal(whole, Tensor.Uniform([10], one).ToArray<float>());
    }

    [Fact]
    public void UniformNumbersFillTheirRangeEvenly()
    {
        double[] x = Tensor.Uniform([40000], new Rng(1), -2, 4, DType.Float64).ToArray<double>();
        Assert.All(x, v => Assert.InRange(v, -2, 4));
        Assert.Equal(1, x.Average(), 0.03);
        Assert.Equal(3, x.Average(v => (v - 1) * (v - 1)), 0.05);
    }

    [Fact]
    public void NormalNumbersHaveTheirMomentsAndTails()
    {
        double[] x = Tensor.Normal([40000], new Rng(2), 5, 2, DType.Float64).ToArray<double>();
        double[] z = [.. x.Select(v => (v - 5) / 2)];
        Assert.Equal(0, z.Average(), 0.02);
        Assert.Equal(1, z.Average(v => v * v), 0.03);
        Assert.Equal(3, z.Average(v => v * v * v * v), 0.15);
        Assert.Equal(0.0455, z.Count(v => Math.Abs(v) > 2) / 40000.0, 0.004);
    }

    [Fact]
    public void MasksKeepTheirShareAndScaleIt()
    {
        float[] mask = Tensor.DropoutMask([200, 200], new Rng(3), 0.8, 1.25).ToArray<float>();
        Assert.All(mask, v => Assert.True(v is 0 or 1.25f));
        Assert.Equal(1, mask.Average(), 0.01);
        Assert.Equal(mask.Select(v => v != 0), Tensor.Bernoulli([200, 200], new Rng(3), 0.8).ToArray<bool>());
        Assert.Contains(
            "0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Bernoulli([1], new Rng(3), 1.5)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Bernoulli([1], new Rng(3), double.NaN));
    }

    [Fact]
    public void IntegersAreEquallyLikely()
    {
        long[] x = Tensor.RandomIntegers([30000], new Rng(4), -1, 2).ToArray<long>();
        foreach (long value in (long[])[-1, 0, 1]) Assert.InRange(x.Count(v => v == value), 9700, 10300);
        Assert.Contains(
            "above the start", Assert.Throws<ArgumentException>(() => Tensor.RandomIntegers([1], new Rng(4), 3, 3)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.RandomIntegers([1], new Rng(4), long.MinValue, long.MaxValue));
    }

    [Fact]
    public void PermutationsHoldEachNumberOnce()
    {
        long[] order = Tensor.RandomPermutation(1000, new Rng(5)).ToArray<long>();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), order.Order());
        Assert.NotEqual(order.Order(), order);
        Assert.Throws<ShapeException>(() => Tensor.RandomPermutation(-1, new Rng(5)));
    }

    [Fact]
    public void OnlyFloatingPointNumbersAreDrawn()
    {
        foreach (Func<Tensor> draw in (Func<Tensor>[])[
            () => Tensor.Uniform([1], new Rng(1), dtype: DType.Int64), () => Tensor.Normal([1], new Rng(1), dtype: DType.Bool),
            () => Tensor.DropoutMask([1], new Rng(1), 0.5, 1, DType.Int64)])
        {
            Assert.Contains("floating-point", Assert.Throws<ShapeException>(draw).Message, StringComparison.Ordinal);
        }
    }
}
