using Hebb.Testing;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class RowPlanTests
{
    private static ConvShape RandomShape<T>(Random random) where T : unmanaged
    {
        while (true)
        {
            var s = new ConvShape(
                random.Next(1, 4), random.Next(1, 5), random.Next(1, 9), random.Next(8, 40), random.Next(1, 16), random.Next(1, 5),
                random.Next(1, 6))
            {
                StrideH = random.Next(1, 3),
                PadH = random.Next(3),
                PadW = random.Next(4),
                DilationH = random.Next(3) == 0 ? 2 : 1,
                DilationW = random.Next(3) == 0 ? 2 : 1,
            };
            if (s.OutH > 0 && s.OutW > 0 && s.Flops < 400_000 && RowPlan<T>.Suits(s, ConvLayout.ChannelLanes, ConvPass.Forward)) return s;
        }
    }

    [Fact]
    public void AllPassesOfRandomShapesAgreeWithTheDirectSums()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            if (seed % 2 == 0) ConvTests.AllPasses<double>(random, RandomShape<double>(random), 1e-12);
            else ConvTests.AllPasses<float>(random, RandomShape<float>(random), 1e-4);
        }
    }

    [Fact]
    public void PositionsOutsideTheImageCountAsZeros()
    {
        var s = new ConvShape(1, 1, 1, 16, 1, 1, 3) { PadW = 1 };
        float[] x = new float[16], y = new float[16];
        x.AsSpan().Fill(1);
        Conv.Forward<float>(
            s, ConvLayout.ChannelLanes, x, [16, 16, 16, 1], [1, 10, 100], [0.5f], y, ConvLayout.ChannelLanes.Strides(1, 1, 1, 16));
        Assert.Equal(110.5f, y[0]);
        Assert.Equal(111.5f, y[1]);
        Assert.Equal(11.5f, y[15]);
    }

    [Fact]
    public void RowsAndChannelsSideBySideHoldTheSameBits()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            ConvShape s = RandomShape<float>(random);
            Dims outputs = [s.N, s.OutC, s.OutH, s.OutW];
            var x = ImageStack<float>.Anywhere(random, [s.N, s.C, s.H, s.W]).Fill(random);
            float[] w = [.. Enumerable.Range(0, (int)s.WeightLength).Select(_ => random.NextSingle() - 0.5f)], bias = new float[s.OutC];
            var channels = ImageStack<float>.In(ConvLayout.ChannelLanes, outputs);
            // Rows may lie apart.
            var rows = new ImageStack<float>(
                outputs, [s.OutC * s.OutH * (s.OutW + 3), s.OutH * (s.OutW + 3), s.OutW + 3, 1]);
            foreach (ImageStack<float> y in (ImageStack<float>[])[channels, rows])
            {
                var other = new ImageStack<float>(outputs, y.Strides).Fill(new Random(seed));
                Everywhere.Same(() =>
                {
                    Array.Fill(y.Data, 7);
                    Conv.Forward<float, RampPlus>(
                        s, ConvLayout.ChannelLanes, x.Data, x.Strides, w, bias, y.Data, y.Strides, default, other: other.Data);
                    return y.Data.ToArray();
                });
            }
            Assert.Equal(channels.ToDoubles(), rows.ToDoubles());
            Assert.All(Enumerable.Range(0, rows.Data.Length).Where(i => i % (s.OutW + 3) >= s.OutW), i => Assert.Equal(7, rows.Data[i]));
        }
    }

    [Fact]
    public void OutputsLieInRowsWhereLanesRunAlongThem()
    {
        Assert.Equal([4704, 784, 28, 1], Conv.OutputStrides<float>(new ConvShape(1, 1, 28, 28, 6, 5, 5) { PadH = 2, PadW = 2 }).ToArray());
        Assert.Equal([1600, 1, 160, 16], Conv.OutputStrides<float>(new ConvShape(1, 6, 14, 14, 16, 5, 5)).ToArray());
    }

    [Fact]
    public void NothingIsAllocatedOnceWarm()
    {
        var s = new ConvShape(2, 1, 28, 28, 6, 5, 5) { PadH = 2, PadW = 2 };
        Assert.True(RowPlan<float>.Suits(s, ConvLayout.ChannelLanes, ConvPass.Forward));
        float[] x = new float[2 * 784], w = new float[s.WeightLength], b = new float[6], y = new float[2 * 784 * 6];
        Passes(40);
        Assert.Equal(0, Allocations.Of(() => Passes(5)));

        void Passes(int times)
        {
            for (int i = 0; i < times; i++) Conv.Forward<float>(
                s, ConvLayout.ChannelLanes, x, [784, 784, 28, 1], w, b, y, ConvLayout.ChannelLanes.Strides(2, 6, 28, 28));
        }
    }
}
