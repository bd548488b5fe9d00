using System.Numerics;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class PoolTests
{
    private static PoolShape RandomShape(Random random)
    {
        while (true)
        {
            int kernelH = random.Next(1, 5), kernelW = random.Next(1, 5);
            // Windows that lie side by side go another way back.
            bool tiled = random.Next(3) == 0, dilated = !tiled && random.Next(4) == 0;
            var s = new PoolShape(
                random.Next(3) == 0 ? random.Next(14, 36) : random.Next(1, 4),
                    random.Next(3) == 0 ? random.Next(14, 36) : random.Next(1, 4),
                random.Next(1, 10), random.Next(1, 12), kernelH, kernelW, tiled ? kernelH : random.Next(1, 4),
                    tiled ? kernelW : random.Next(1, 4))
            {
                PadH = tiled ? 0 : random.Next(0, (kernelH / 2) + 1),
                PadW = tiled ? 0 : random.Next(0, (kernelW / 2) + 1),
                CeilMode = random.Next(3) == 0,
                DilationH = dilated ? random.Next(1, 3) : 1,
                DilationW = dilated ? random.Next(1, 3) : 1,
            };
            if (s.H + (2 * s.PadH) >= ((kernelH - 1) * s.DilationH) + 1
                && s.W + (2 * s.PadW) >= ((kernelW - 1) * s.DilationW) + 1) return s;
        }
    }

    // The window elements of an output that lie inside the image, in order.
    private static IEnumerable<(int Element, int H, int W)> Window(PoolShape s, int i, int j)
    {
        for (int u = 0; u < s.KernelH; u++)
        {
            for (int v = 0; v < s.KernelW; v++)
            {
                int h = (i * s.StrideH) - s.PadH + (u * s.DilationH), w = (j * s.StrideW) - s.PadW + (v * s.DilationW);
                if (h >= 0 && h < s.H && w >= 0 && w < s.W) yield return ((u * s.KernelW) + v, h, w);
            }
        }
    }

    private static int Count(PoolShape s, int i, int j, bool padding)
    {
        int count = 0;
        for (int u = 0; u < s.KernelH; u++)
        {
            for (int v = 0; v < s.KernelW; v++)
            {
                int h = (i * s.StrideH) - s.PadH + (u * s.DilationH), w = (j * s.StrideW) - s.PadW + (v * s.DilationW);
                int marginH = padding ? s.PadH : 0, marginW = padding ? s.PadW : 0;
                if (h >= -marginH && h < s.H + marginH && w >= -marginW && w < s.W + marginW) count++;
            }
        }
        return count;
    }

    private static ImageStack<T> Place<T>(Random random, Dims sizes, int kind) where T : unmanaged, IFloatingPointIeee754<T> => kind switch
    {
        0 => ImageStack<T>.Writable(random, ConvLayout.ChannelLanes, sizes),
        1 => ImageStack<T>.Writable(random, ConvLayout.BatchLanes, sizes),
        2 => new(sizes, Dims.RowMajor(sizes)),
        _ => ImageStack<T>.Anywhere(random, sizes),
    };

    private readonly struct Difference : IBinaryLane
    {
        public V Lane<V>(V x, V y) where V : struct, ILane<V> => x - y;
    }

    private static T[] Everywhere<T>(ImageStack<T> stack, Action call) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Array.Fill(stack.Data, T.CreateChecked(77));
        return Tests.Everywhere.Same(() =>
        {
            call();
            return stack.Data.ToArray();
        });
    }

    private static void Maximum<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        PoolShape s = RandomShape(random);
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.C, s.OutH, s.OutW];
        int place = seed % 4;
        ImageStack<T> x = Place<T>(random, inputs, place), y = Place<T>(random, outputs, place), won = new(outputs, y.Strides);
        ImageStack<T> dy = new ImageStack<T>(outputs, y.Strides).Fill(random), dx = Place<T>(random, inputs, place),
            taken = new(outputs, y.Strides);
        foreach (int[] i in Layout.Indices(inputs)) // few values, for ties, and some NaNs
            x[i[0], i[1], i[2], i[3]] = random.Next(30) == 0 ? T.NaN : T.CreateChecked(random.Next(-3, 3));
        Everywhere(y, () => Pool.Max<T>(s, x.Data, x.Strides, y.Data, y.Strides, []));
        T[] without = [.. y.Data];
        Everywhere(won, () => Pool.Max(s, x.Data, x.Strides, y.Data, y.Strides, won.Data));
        Assert.Equal(without, y.Data);
        FirstOfPair<NoActivation> alone = default;
        Everywhere(dx, () => Pool.MaxGradient(s, dy.Data, won.Data, y.Strides, dx.Data, dx.Strides, alone, []));
        // With a function there are no gaps.
        Dims lain = place == 1 ? ConvLayout.BatchLanes.Strides(s.N, s.C, s.H, s.W) : Dims.RowMajor(inputs);
        ImageStack<T> plain = new(inputs, lain), changed = new(inputs, lain);
        T[] other = [.. plain.Data.Select((v, i) => T.CreateChecked((i % 7) - 3))];
        Everywhere(plain, () => Pool.MaxGradient(s, dy.Data, won.Data, y.Strides, plain.Data, lain, alone, []));
        Everywhere(changed, () => Pool.MaxGradient(s, dy.Data, won.Data, y.Strides, changed.Data, lain, default(Difference), other));
        Assert.Equal(plain.Data.Zip(other, (g, o) => g - o), changed.Data);
        Everywhere(taken, () => Pool.TakeWinners(s, x.Data, x.Strides, won.Data, taken.Data, taken.Strides));
        var expected = ImageStack<double>.In(ConvLayout.ChannelLanes, inputs);
        foreach (int[] i in Layout.Indices(outputs))
        {
            T best = T.NegativeInfinity;
            (int Element, int H, int W)? winner = null;
            foreach (var w in Window(s, i[2], i[3]))
            {
                T now = x[i[0], i[1], w.H, w.W];
                if (!T.IsNaN(best) && (T.IsNaN(now) || now > best)) (best, winner) = (now, w);
            }
            Assert.Equal(best, y[i[0], i[1], i[2], i[3]]);
            if (winner is not { } first) continue;
            Assert.Equal(T.CreateChecked(first.Element), won[i[0], i[1], i[2], i[3]]);
            Assert.Equal(best, taken[i[0], i[1], i[2], i[3]]);
            expected[i[0], i[1], first.H, first.W] += double.CreateChecked(dy[i[0], i[1], i[2], i[3]]);
        }
        foreach (int[] i in Layout.Indices(inputs))
            Assert.Equal(expected[i[0], i[1], i[2], i[3]], double.CreateChecked(dx[i[0], i[1], i[2], i[3]]), 1e-6);
    }

    private static void Mean<T>(int seed, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        PoolShape s = RandomShape(random);
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.C, s.OutH, s.OutW];
        int place = seed % 4;
        bool padding = seed % 3 > 0;
        ImageStack<T> x = Place<T>(random, inputs, place).Fill(random), y = Place<T>(random, outputs, place);
        ImageStack<T> dy = Place<T>(random, outputs, place).Fill(random), dx = Place<T>(random, inputs, place);
        Everywhere(y, () => Pool.Average(s, x.Data, x.Strides, y.Data, y.Strides, padding));
        Everywhere(dx, () => Pool.AverageGradient(s, dy.Data, dy.Strides, dx.Data, dx.Strides, padding));
        var expected = ImageStack<double>.In(ConvLayout.ChannelLanes, inputs);
        foreach (int[] i in Layout.Indices(outputs))
        {
            int count = Count(s, i[2], i[3], padding);
            double sum = 0;
            foreach (var w in Window(s, i[2], i[3]))
            {
                sum += double.CreateChecked(x[i[0], i[1], w.H, w.W]);
                expected[i[0], i[1], w.H, w.W] += double.CreateChecked(dy[i[0], i[1], i[2], i[3]]) / count;
            }
            if (count > 0) Assert.Equal(sum / count, double.CreateChecked(y[i[0], i[1], i[2], i[3]]), tolerance);
        }
        foreach (int[] i in Layout.Indices(inputs))
            Assert.Equal(expected[i[0], i[1], i[2], i[3]], double.CreateChecked(dx[i[0], i[1], i[2], i[3]]), tolerance);
    }

    [Fact]
    public void MaximumOfRandomShapesTakesTheFirstWinnerAndNaN()
    {
        for (int seed = 0; seed < 120; seed++) Maximum<float>(seed);
        for (int seed = 0; seed < 60; seed++) Maximum<double>(seed);
    }

    [Fact]
    public void PairsOfColumnsGiveTheBitsOfTheGeneralWalk()
    {
        float[] few = [0f, -0f, 1f, float.NaN, float.NegativeInfinity, -1f, 0f, -0f];
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            int height = random.Next(1, 4);
            var s = new PoolShape(random.Next(1, 4), random.Next(1, 4), random.Next(height, 12), random.Next(2, 70), height, 2, height, 2);
            Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.C, s.OutH, s.OutW];
            Dims xs = Dims.RowMajor(inputs), ys = Dims.RowMajor(outputs);
            Assert.True(MaxPairs<float>.Suits(s, xs, ys));
            float[] x = [.. Enumerable.Range(0, s.N * s.C * s.H * s.W).Select(_ => few[random.Next(few.Length)])];
            float[] y = new float[s.N * s.C * s.OutH * s.OutW], winners = new float[y.Length];
            Pool.Max<float>(s, x, xs, y, ys, winners);
            float[] pairs = Tests.Everywhere.Same(() =>
            {
                float[] to = new float[y.Length];
                Pool.Max<float>(s, x, xs, to, ys, []);
                return to;
            });
            Assert.Equal(y.Select(BitConverter.SingleToInt32Bits), pairs.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void MeansOfRandomShapesAgreeWithTheDirectSums()
    {
        for (int seed = 0; seed < 120; seed++) Mean<double>(seed, 1e-13);
        for (int seed = 0; seed < 60; seed++) Mean<float>(seed, 1e-5);
    }

    [Theory]
    [InlineData(5, 2, 2, 0, false, 2)]
    [InlineData(5, 2, 2, 0, true, 3)]
    [InlineData(4, 2, 2, 0, true, 2)]
    [InlineData(6, 3, 3, 1, true, 3)]
    [InlineData(7, 3, 2, 0, false, 3)]
    [InlineData(4, 1, 3, 0, true, 2)]
    [InlineData(5, 2, 4, 1, true, 2)] // the window at 8 would begin beyond the image and its left padding
    public void OutputSizes(int size, int kernel, int stride, int pad, bool ceil, int expected) =>
        Assert.Equal(expected, new PoolShape(
            1, 1, size, size, kernel, kernel, stride, stride)
        { PadH = pad, PadW = pad, CeilMode = ceil }.OutH);

    [Fact]
    public void MeansOfOneWindowCountPaddingOrNot()
    {
        float[] x = [1, 2, 3, 4], y = new float[4];
        var s = new PoolShape(1, 1, 2, 2, 2, 2, 2, 2) { PadH = 1, PadW = 1 };
        Pool.Average<float>(s, x, [4, 4, 2, 1], y, [4, 4, 2, 1]);
        Assert.Equal([0.25f, 0.5f, 0.75f, 1], y);
        Pool.Average<float>(s, x, [4, 4, 2, 1], y, [4, 4, 2, 1], countPadding: false);
        Assert.Equal([1f, 2, 3, 4], y);
    }

    [Fact]
    public void WrongSizesAreRefusedInOneSentence()
    {
        var s = new PoolShape(1, 1, 4, 4, 2, 2, 2, 2);
        Assert.Throws<ArgumentException>(() => Pool.Max<float>(s, new float[15], [16, 16, 4, 1], new float[4], [4, 4, 2, 1], []));
        Assert.Throws<ArgumentException>(() => Pool.Max<float>(s, new float[16], [16, 16, 4, 1], new float[4], [4, 4, 2, 1], new float[3]));
        Assert.Throws<ArgumentException>(
            () => Pool.Max<float>(s with { PadH = 2 }, new float[16], [16, 16, 4, 1], new float[16], [4, 4, 2, 1], []));
        Assert.Throws<ArgumentException>(() => Pool.Max<int>(s, new int[16], [16, 16, 4, 1], new int[4], [4, 4, 2, 1], []));
        Assert.Throws<ArgumentException>(
            () => Pool.Max<float>(s with { StrideH = 0 }, new float[16], [16, 16, 4, 1], new float[4], [4, 4, 2, 1], []));
    }
}
