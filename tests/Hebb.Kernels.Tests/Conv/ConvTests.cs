using System.Numerics;
using Hebb.Testing;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class ConvTests
{
    private static T[] Numbers<T>(Random random, long count) where T : unmanaged, IFloatingPointIeee754<T>
        => [.. Enumerable.Range(0, (int)count).Select(_ => T.CreateTruncating((random.NextDouble() * 2) - 1))];

    private static ConvShape RandomShape(Random random)
    {
        while (true)
        {
            int groups = random.Next(4) == 0 ? random.Next(1, 4) : 1;
            var s = new ConvShape(
                random.Next(4) == 0 ? random.Next(14, 40) : random.Next(1, 6), groups * Few(random), random.Next(1, 10), random.Next(1, 12),
                groups * Few(random), random.Next(1, 5), random.Next(1, 6))
            {
                StrideH = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                StrideW = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                PadH = random.Next(4),
                PadW = random.Next(4),
                DilationH = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                DilationW = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                Groups = groups,
            };
            if (s.OutH > 0 && s.OutW > 0 && s.Flops is > 0 and < 1_000_000) return s;
        }
    }

    private static int Few(Random random) =>
        random.Next(4) switch { 0 => 1, 1 => random.Next(1, 20), 2 => random.Next(15, 36), _ => random.Next(2, 5) };

    private static void Near(double[] expected, double[] actual, double scale, ConvShape s, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= scale * Math.Max(1, Math.Abs(expected[i])), $"{what}[{i}] is {actual[i]}, "
                + $"should be {expected[i]}; {s}");
    }

    private static void AllPasses<T>(int seed, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        AllPasses<T>(random, RandomShape(random), tolerance);
    }

    /// <summary>Checks all passes of a shape, in any strides and both layouts, against the sums written down.</summary>
    internal static void AllPasses<T>(Random random, ConvShape s, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.OutC, s.OutH, s.OutW];
        var x = ImageStack<T>.Anywhere(random, inputs).Fill(random);
        var dy = ImageStack<T>.Anywhere(random, outputs).Fill(random);
        T[] w = Numbers<T>(random, s.WeightLength), bias = random.Next(2) == 0 ? Numbers<T>(random, s.OutC) : [];
        double[] y = ConvReference.Forward(s, x, w, bias), dx = ConvReference.InputGradient(s, dy, w),
            dw = ConvReference.WeightGradient(s, x, dy);
        foreach (ConvLayout layout in Enum.GetValues<ConvLayout>())
        {
            var toY = ImageStack<T>.Writable(random, layout, outputs);
            var toX = ImageStack<T>.Writable(random, layout, inputs);
            Array.Fill(toY.Data, T.NaN);
            Array.Fill(toX.Data, T.NaN);
            Everywhere.Same(() =>
            {
                Conv.Forward(s, layout, x.Data, x.Strides, w, bias, toY.Data, toY.Strides);
                return toY.Data.ToArray();
            });
            Near(y, toY.ToDoubles(), tolerance, s, $"{layout} y");
            Everywhere.Same(() =>
            {
                Conv.InputGradient(s, layout, dy.Data, dy.Strides, w, toX.Data, toX.Strides);
                return toX.Data.ToArray();
            });
            Near(dx, toX.ToDoubles(), tolerance, s, $"{layout} dx");
            T[] toW = Everywhere.Same(() =>
            {
                T[] gradient = Numbers<T>(random, s.WeightLength + bias.Length);
                Span<T> both = gradient;
                Conv.WeightGradient(
                    s, layout, x.Data, x.Strides, dy.Data, dy.Strides, both[..(int)s.WeightLength], both[(int)s.WeightLength..]);
                return gradient;
            });
            double[] expected = bias.Length == 0 ? dw : [.. dw, .. ConvReference.BiasGradient(dy)];
            Near(expected, [.. toW.Select(double.CreateTruncating)], tolerance * 4, s, $"{layout} dw, db");
        }
    }

    [Fact]
    public void AllPassesOfRandomShapesAgreeWithTheDirectSums()
    {
        for (int seed = 0; seed < 70; seed++) AllPasses<double>(seed, 1e-12);
        for (int seed = 0; seed < 35; seed++) AllPasses<float>(1000 + seed, 1e-4);
    }

    // Shapes like those of real networks, cut down: several chunks, panels, tiles and blocks.
    public static TheoryData<int, int, int, int, int, int, int> Networks => new()
    {
        { 64, 1, 12, 6, 5, 2, 1 }, { 37, 6, 9, 16, 5, 0, 1 }, { 3, 3, 32, 64, 3, 1, 1 }, { 20, 40, 8, 72, 3, 1, 1 },
            { 2, 33, 17, 48, 3, 1, 2 },
        { 1, 512, 3, 96, 3, 1, 1 }, { 2, 64, 10, 70, 1, 0, 1 }, { 1, 1, 70, 1, 7, 3, 1 }, { 18, 16, 9, 16, 3, 1, 16 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void PassesAreAdjointAndTheSameEverywhere(int n, int c, int size, int outs, int kernel, int pad, int last)
    {
        bool depthwise = last > 4;
        var s = new ConvShape(n, c, size, size, outs, kernel, kernel)
        {
            PadH = pad,
            PadW = pad,
            StrideH = depthwise ? 1 : last,
            StrideW = depthwise ? 1 : last,
            Groups = depthwise ? last : 1,
        };
        var random = new Random(7);
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.OutC, s.OutH, s.OutW];
        var x = new ImageStack<double>(inputs, Dims.RowMajor(inputs)).Fill(random);
        double[] w = Numbers<double>(random, s.WeightLength);
        foreach (ConvLayout layout in Enum.GetValues<ConvLayout>())
        {
            var dy = ImageStack<double>.In(layout, outputs).Fill(random);
            var y = ImageStack<double>.In(layout, outputs);
            var dx = ImageStack<double>.In(layout, inputs);
            double[] dw = new double[s.WeightLength];
            Everywhere.Same(() =>
            {
                Conv.Forward<double>(s, layout, x.Data, x.Strides, w, [], y.Data, y.Strides);
                return y.Data.ToArray();
            });
            Everywhere.Same(() =>
            {
                Conv.InputGradient<double>(s, layout, dy.Data, dy.Strides, w, dx.Data, dx.Strides);
                return dx.Data.ToArray();
            });
            Everywhere.Same(() =>
            {
                Conv.WeightGradient<double>(s, layout, x.Data, x.Strides, dy.Data, dy.Strides, dw);
                return dw.ToArray();
            });
            double product = Dot(y.ToDoubles(), dy.ToDoubles()),
                size2 = Math.Sqrt(Dot(y.ToDoubles(), y.ToDoubles()) * Dot(dy.Data, dy.Data));
            Assert.Equal(product, Dot(x.Data, dx.ToDoubles()), 1e-12 * size2);
            Assert.Equal(product, Dot(w, dw), 1e-12 * size2);
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    [Fact]
    public void BothLayoutsGiveOutputsOfTheSameBits()
    {
        var random = new Random(3);
        var s = new ConvShape(19, 5, 7, 9, 21, 3, 3) { PadH = 1, PadW = 1 };
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.OutC, s.OutH, s.OutW];
        var x = ImageStack<float>.Anywhere(random, inputs).Fill(random);
        var dy = ImageStack<float>.Anywhere(random, outputs).Fill(random);
        float[] w = Numbers<float>(random, s.WeightLength), bias = Numbers<float>(random, s.OutC);
        var y = Enum.GetValues<ConvLayout>().Select(layout =>
        {
            var to = ImageStack<float>.In(layout, outputs);
            Conv.Forward<float>(s, layout, x.Data, x.Strides, w, bias, to.Data, to.Strides);
            return to.ToDoubles();
        }).ToArray();
        Assert.Equal(y[0], y[1]);
        var dx = Enum.GetValues<ConvLayout>().Select(layout =>
        {
            var to = ImageStack<float>.In(layout, inputs);
            Conv.InputGradient<float>(s, layout, dy.Data, dy.Strides, w, to.Data, to.Strides);
            return to.ToDoubles();
        }).ToArray();
        Assert.Equal(dx[0], dx[1]);
    }

    [Fact]
    public void PackedWeightsAndActivationsGiveTheSame()
    {
        var random = new Random(4);
        foreach (var s in new[] { new ConvShape(2, 6, 9, 9, 40, 3, 3) { PadH = 1 }, new ConvShape(33, 4, 9, 9, 10, 3, 3) { Groups = 2 },
            new ConvShape(2, 37, 9, 9, 37, 3, 3) { Groups = 37 } })
        {
            foreach (ConvLayout layout in Enum.GetValues<ConvLayout>())
            {
                Dims outputs = [s.N, s.OutC, s.OutH, s.OutW];
                var x = ImageStack<float>.Anywhere(random, [s.N, s.C, s.H, s.W]).Fill(random);
                float[] w = Numbers<float>(random, s.WeightLength), bias = Numbers<float>(random, s.OutC);
                float[] packed = new float[Conv.PackedLength<float>(s, layout)];
                Conv.Pack<float>(s, layout, w, packed);
                var plain = ImageStack<float>.In(layout, outputs);
                Conv.Forward<float>(s, layout, x.Data, x.Strides, w, bias, plain.Data, plain.Strides);
                var other = ImageStack<float>.In(layout, outputs);
                Conv.Forward<float>(s, layout, x.Data, x.Strides, w, bias, other.Data, other.Strides, packed);
                Assert.Equal(plain.Data, other.Data);
                float[] second = Numbers<float>(random, plain.Data.Length);
                Everywhere.Run(() =>
                {
                    Conv.Forward<float, RampPlus>(
                        s, layout, x.Data, x.Strides, w, bias, other.Data, other.Strides, default, packed, other: second);
                    Assert.Equal(plain.Data.Zip(second, (v, o) => Math.Max(v, 0) + o), other.Data);
                });
            }
        }
    }

    [Fact]
    public void TheFunctionsSecondOperandLiesAsTheResult()
    {
        var s = new ConvShape(1, 1, 3, 3, 2, 1, 1);
        float[] x = new float[9], y = new float[18];
        Assert.Contains("other", Assert.Throws<ArgumentException>(() => Conv.Forward(
            s, ConvLayout.ChannelLanes, x, [9, 9, 3, 1], new float[2], default, y, [18, 1, 6, 2], default(RampPlus),
            other: new float[17])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyBatchHasZeroWeightGradients()
    {
        var s = new ConvShape(0, 2, 4, 4, 3, 3, 3);
        float[] w = new float[s.WeightLength], dw = [.. w.Select(_ => 1f)];
        foreach (ConvLayout layout in Enum.GetValues<ConvLayout>())
        {
            Conv.Forward<float>(s, layout, [], [32, 16, 4, 1], w, [], [], [12, 1, 6, 3]);
            Conv.InputGradient<float>(s, layout, [], [12, 1, 6, 3], w, [], [32, 1, 8, 2]);
            Conv.WeightGradient<float>(s, layout, [], [32, 16, 4, 1], [], [12, 1, 6, 3], dw);
            Assert.All(dw, g => Assert.Equal(0, g));
        }
    }

    [Fact]
    public void AllPassesAllocateNothingOnceWarm()
    {
        var s = new ConvShape(32, 3, 8, 8, 16, 3, 3) { PadH = 1, PadW = 1 };
        float[] w = new float[s.WeightLength], dw = new float[s.WeightLength], bias = new float[16], x = new float[32 * 3 * 64],
            y = new float[32 * 16 * 64];
        Dims xs = [192, 64, 8, 1], channelY = ConvLayout.ChannelLanes.Strides(32, 16, 8, 8),
            batchY = ConvLayout.BatchLanes.Strides(32, 16, 8, 8);
        Dims channelX = ConvLayout.ChannelLanes.Strides(32, 3, 8, 8), batchX = ConvLayout.BatchLanes.Strides(32, 3, 8, 8);
        void Step(ConvLayout layout, Dims ys, Dims dxs)
        {
            Conv.Forward<float>(s, layout, x, xs, w, bias, y, ys);
            Conv.InputGradient<float>(s, layout, y, ys, w, x, dxs);
            Conv.WeightGradient<float>(s, layout, x, xs, y, ys, dw);
        }
        Passes(40);
        Assert.Equal(0, Allocations.Of(() => Passes(5)));

        void Passes(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Step(ConvLayout.ChannelLanes, channelY, channelX);
                Step(ConvLayout.BatchLanes, batchY, batchX);
            }
        }
    }

    [Fact]
    public void LayoutsFollowTheShape()
    {
        Assert.Equal(ConvLayout.BatchLanes, Conv.ChooseLayout<float>(new ConvShape(64, 1, 28, 28, 6, 5, 5)));
        Assert.Equal(ConvLayout.BatchLanes, Conv.ChooseLayout<float>(new ConvShape(64, 6, 14, 14, 16, 5, 5)));
        Assert.Equal(ConvLayout.ChannelLanes, Conv.ChooseLayout<float>(new ConvShape(32, 3, 32, 32, 64, 3, 3)));
        Assert.Equal(ConvLayout.ChannelLanes, Conv.ChooseLayout<float>(new ConvShape(32, 3, 32, 32, 16, 3, 3)));
        Assert.Equal(ConvLayout.BatchLanes, Conv.ChooseLayout<float>(new ConvShape(32, 1, 32, 32, 16, 3, 3)));
        Assert.Equal(ConvLayout.ChannelLanes, Conv.ChooseLayout<float>(new ConvShape(1, 6, 14, 14, 16, 5, 5)));
        Assert.Equal(ConvLayout.ChannelLanes, Conv.ChooseLayout<float>(new ConvShape(64, 32, 14, 14, 32, 3, 3) { Groups = 32 }));
        Assert.Equal(ConvLayout.BatchLanes, Conv.ChooseLayout<float>(new ConvShape(64, 4, 14, 14, 4, 3, 3) { Groups = 4 }));
    }

    [Fact]
    public void WrongCallsAreRefusedInOneSentence()
    {
        var s = new ConvShape(1, 2, 4, 4, 2, 3, 3);
        float[] x = new float[32], y = new float[8], w = new float[36];
        Dims xs = [32, 16, 4, 1], ys = [8, 1, 4, 2];
        void Refused(string part, Action call) =>
            Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
        void Call(ConvShape shape) => Conv.Forward<float>(shape, ConvLayout.ChannelLanes, x, xs, w, [], y, ys);
        Refused("groups", () => Call(s with { Groups = 3 }));
        Refused("stride 0", () => Call(s with { StrideH = 0 }));
        Refused("reaches over 5", () => Call(s with { DilationW = 2 }));
        Refused("padding", () => Call(s with { PadH = int.MaxValue }));
        Refused("at least 1", () => Call(s with { C = 0 }));
        Refused("x has 31", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x.AsSpan(1), xs, w, [], y, ys));
        Refused("w has 35", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, xs, w.AsSpan(1), [], y, ys));
        Refused("bias has 3", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, xs, w, new float[3], y, ys));
        Refused("needs stride 1", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, xs, w, [], y, [8, 4, 2, 1]));
        Refused("negative", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, [32, 16, -4, 1], w, [], y, ys));
        Refused("four are needed", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, [16, 4, 1], w, [], y, ys));
        Refused("cast", () => Conv.Forward<int>(s, ConvLayout.ChannelLanes, new int[32], xs, new int[36], [], new int[8], ys));
        Refused("packed", () => Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, xs, w, [], y, ys, new float[5]));
        Refused("no layout", () => Conv.Forward<float>(s, (ConvLayout)9, x, xs, w, [], y, ys));
    }
}
