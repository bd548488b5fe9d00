using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class ReduceTests
{
    [Fact]
    public void AnyAxesOfAnyLayoutAgreeWithThePlainLoop()
    {
        Random random = new(1);
        for (int trial = 0; trial < 150; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Layout at = Layout.Random(random, shape, broadcast: true);
            CheckAll(at, random.Next(1 << shape.Rank), random);
        }
    }

    [Fact]
    public void ReducingAnExpressionGivesTheBitsOfReducingItsValues()
    {
        Random random = new(3);
        foreach (int n in new[] { 1, 5, 16, 100, 4096, 4097, 200_000 })
        {
            float[] x = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() - 0.5f)], scale = [3],
                values = [.. x.Select(number => number * scale[0])];
            float[] plain = Everywhere.Same(() => { float[] y = [0]; Reduce.Run<SumLane, float>([], [], [n], [1], values, y); return y; });
            Reduction<SumLane, float> reduction = new([], [], [n], [1]);
            float[] fed = Everywhere.Same(
                () =>
                {
                    float[] y = [0]; reduction.Run(
                default(Applied<Product, X0, X1>), new Operands<float>().In(x).In(scale), y); return y;
                });
            float[] bound = Everywhere.Same(() => { float[] y = [0]; reduction.Run(values, y); return y; });
            Assert.Equal(plain, fed);
            Assert.Equal(plain, bound);
            ArgumentException error =
                Assert.Throws<ArgumentException>(() => reduction.Run(default(X0), new Operands<float>().In([]), new float[1]));
            Assert.Contains("one for each, or one for all", error.Message, StringComparison.Ordinal);
        }
    }

    private readonly struct Product : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => a * b;
    }

    [Theory]
    [InlineData(new[] { 300, 70 }, 0b01)]
    [InlineData(new[] { 300, 70 }, 0b10)]
    [InlineData(new[] { 5000, 3 }, 0b01)]
    [InlineData(new[] { 3, 5000 }, 0b10)]
    [InlineData(new[] { 9000, 9 }, 0b01)]
    [InlineData(new[] { 200000 }, 0b1)]
    [InlineData(new[] { 8, 6, 24, 24 }, 0b1101)]
    [InlineData(new[] { 64, 40, 2, 2 }, 0b1101)]
    [InlineData(new[] { 64, 300, 4 }, 0b100)]
    [InlineData(new[] { 40, 30, 50 }, 0b010)]
    public void BigReductionsAgreeWithThePlainLoop(int[] shape, int axes)
    {
        Random random = new(2);
        Dims sizes = new(shape);
        CheckAll(Layout.RowMajor(sizes), axes, random);
        int[] order = [.. Enumerable.Range(0, sizes.Rank)];
        for (int trial = 0; trial < 3; trial++)
        {
            random.Shuffle(order);
            int[] strides = new int[sizes.Rank];
            int step = trial == 2 ? 2 : 1;
            foreach (int axis in order)
            {
                strides[axis] = step;
                step *= shape[axis];
            }
            CheckAll(new(sizes, new(strides), step), axes, random);
        }
    }

    [Fact]
    public void EveryRowLengthIsSummedExactly()
    {
        for (int n = 0; n < 200; n++)
        {
            float[] x = [.. Enumerable.Range(1, n * 3).Select(i => (float)i)];
            float[] y = Everywhere.Same(() => { var r = new float[3]; Reduce.Run<SumLane, float>([3], [n], [n], [1], x, r); return r; });
            for (int k = 0; k < 3; k++) Assert.Equal(Enumerable.Range((k * n) + 1, n).Sum(), (long)y[k]);
        }
    }

    [Fact]
    public void NothingGivesTheStartValue()
    {
        double[] y = new double[2];
        Reduce.Run<SumLane, double>([2], [0], [0], [1], [], y);
        Assert.Equal([0, 0], y);
        Reduce.Run<ProductLane, double>([2], [0], [0], [1], [], y);
        Assert.Equal([1, 1], y);
        Reduce.Run<MaxLane, double>([2], [0], [0], [1], [], y);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], y);
        Reduce.Run<MinLane, double>([2], [0], [0], [1], [], y);
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], y);
        Reduce.Run<SumLane, double>([0], [1], [3], [1], [], []);
    }

    [Fact]
    public void ExtremesSpreadNaN()
    {
        for (int n = 1; n < 70; n++)
        {
            for (int at = 0; at < n; at++)
            {
                float[] x = new float[n], y = new float[2];
                x[at] = float.NaN;
                Reduce.Run<MaxLane, float>([], [], [n], [1], x, y);
                Reduce.Run<MinLane, float>([], [], [n], [1], x, y.AsSpan(1));
                Assert.True(float.IsNaN(y[0]) && float.IsNaN(y[1]));
            }
        }
    }

    [Fact]
    public void ErrorsOfLongSumsStaySmall()
    {
        float[] x = new float[3_000_000], y = new float[1];
        Array.Fill(x, 0.1f);
        Reduce.Run<SumLane, float>([], [], [x.Length], [1], x, y);
        Assert.Equal(1, y[0] / (0.1f * 3e6), 1e-6);
    }

    [Fact]
    public void ShortArraysAndOddTypesAreRefused()
    {
        float[] x = new float[6], y = new float[2];
        Assert.Contains("strides reach 7", Assert.Throws<ArgumentException>(() =>
            Reduce.Run<SumLane, float>([2], [4], [3], [1], x, y)).Message, StringComparison.Ordinal);
        Assert.Contains("output has 2", Assert.Throws<ArgumentException>(() =>
            Reduce.Run<SumLane, float>([3], [2], [2], [1], x, y)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Reduce.Run<SumLane, int>([], [], [2], [1], new int[2], new int[1]));
    }

    private static void CheckAll(Layout at, int axes, Random random)
    {
        double[] x = [.. Enumerable.Range(0, at.Length).Select(_ => (random.NextDouble() * 2) - 1)];
        Check<SumLane>(at, axes, x, 0, (a, v) => a + v);
        Check<SumOfSquaresLane>(at, axes, x, 0, (a, v) => a + (v * v));
        Check<SumOfAbsolutesLane>(at, axes, x, 0, (a, v) => a + Math.Abs(v));
        Check<ProductLane>(at, axes, [.. x.Select(v => 1 + (0.01 * v))], 1, (a, v) => a * v);
        Check<MaxLane>(at, axes, x, double.NegativeInfinity, Math.Max);
        Check<MinLane>(at, axes, x, double.PositiveInfinity, Math.Min);
    }

    private static void Check<TRed>(Layout at, int axes, double[] x, double start, Func<double, double, double> step)
        where TRed : struct, IReduceLane<TRed>
    {
        Dims kept = Part(at.Shape, ~axes), gone = Part(at.Shape, axes);
        Dims keptStrides = Part(at.Strides, ~axes), goneStrides = Part(at.Strides, axes);
        Layout output = Layout.RowMajor(kept);
        double[] expected = new double[output.Length], size = new double[output.Length];
        Array.Fill(expected, start);
        foreach (int[] index in Layout.Indices(at.Shape))
        {
            int k = output.At(Part(new(index), ~axes).Span);
            double v = x[at.At(index)];
            expected[k] = step(expected[k], v);
            size[k] += Math.Abs(v);
        }
        double[] y = Everywhere.Same(() =>
        {
            var r = new double[output.Length];
            Reduce.Run<TRed, double>(kept, keptStrides, gone, goneStrides, x, r);
            return r;
        });
        float[] single = [.. x.Select(v => (float)v)];
        float[] z = Everywhere.Same(() =>
        {
            var r = new float[output.Length];
            Reduce.Run<TRed, float>(kept, keptStrides, gone, goneStrides, single, r);
            return r;
        });
        for (int k = 0; k < y.Length; k++)
        {
            if (double.IsInfinity(expected[k]))
            {
                Assert.Equal((expected[k], (float)expected[k]), (y[k], z[k]));
                continue;
            }
            Assert.Equal(expected[k], y[k], 1e-12 * (1 + size[k] + Math.Abs(expected[k])));
            // Rounding the inputs to float alone moves a product by up to its number of factors times half a unit.
            double factors = typeof(TRed) == typeof(ProductLane) ? 6e-8 * size[k] * Math.Abs(expected[k]) : 0;
            Assert.Equal(expected[k], z[k], factors + (1e-5 * (1 + size[k] + Math.Abs(expected[k]))));
        }
    }

    private static Dims Part(in Dims whole, int axes)
    {
        Dims part = [];
        for (int axis = 0; axis < whole.Rank; axis++)
            if ((axes >> axis & 1) != 0) part = part.Insert(part.Rank, whole[axis]);
        return part;
    }
}
