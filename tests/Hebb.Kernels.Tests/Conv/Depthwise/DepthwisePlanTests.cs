using Hebb.Testing;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class DepthwisePlanTests
{
    private static ConvShape RandomShape(Random random)
    {
        while (true)
        {
            int channels = random.Next(3) switch { 0 => random.Next(2, 16), 1 => random.Next(16, 80), _ => 16 * random.Next(1, 5) };
            var s = new ConvShape(
                random.Next(1, 4), channels, random.Next(1, 12), random.Next(1, 14), channels, random.Next(1, 6), random.Next(1, 6))
            {
                StrideH = random.Next(1, 3),
                StrideW = random.Next(1, 3),
                PadH = random.Next(4),
                PadW = random.Next(4),
                DilationH = random.Next(3) == 0 ? 2 : 1,
                DilationW = random.Next(3) == 0 ? 2 : 1,
                Groups = channels,
            };
            if (s.OutH > 0 && s.OutW > 0 && s.Flops is > 0 and < 400_000) return s;
        }
    }

    [Fact]
    public void AllPassesOfRandomShapesAgreeWithTheDirectSums()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            ConvShape s = RandomShape(random);
            Assert.True(DepthwisePlan<float>.Suits(s, ConvLayout.ChannelLanes, ConvPass.Forward));
            if (seed % 2 == 0) ConvTests.AllPasses<double>(random, s, 1e-12);
            else ConvTests.AllPasses<float>(random, s, 1e-4);
        }
    }

    [Fact]
    public void ManyPixelsAreSummedInPartsAndAllocateNothing()
    {
        var s = new ConvShape(6, 20, 30, 40, 20, 3, 3) { PadH = 1, PadW = 1, Groups = 20 };
        ConvTests.AllPasses<double>(new Random(1), s, 1e-11);
        Dims strides = ConvLayout.ChannelLanes.Strides(s.N, s.C, s.H, s.W);
        float[] x = new float[s.N * s.C * s.H * s.W], y = new float[x.Length], w = new float[s.WeightLength], b = new float[s.C];
        Passes(20);
        Assert.Equal(0, Allocations.Of(() => Passes(5)));

        void Passes(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Conv.Forward<float>(s, ConvLayout.ChannelLanes, x, strides, w, b, y, strides);
                Conv.InputGradient<float>(s, ConvLayout.ChannelLanes, y, strides, w, x, strides);
                Conv.WeightGradient<float>(s, ConvLayout.ChannelLanes, x, strides, y, strides, w, b);
            }
        }
    }

    [Fact]
    public void ItSuitsByShape()
    {
        var s = new ConvShape(2, 20, 9, 9, 20, 3, 3) { Groups = 20 };
        Assert.True(DepthwisePlan<float>.Suits(s, ConvLayout.ChannelLanes, ConvPass.Forward));
        Assert.False(DepthwisePlan<float>.Suits(s, ConvLayout.BatchLanes, ConvPass.Forward));
        Assert.False(DepthwisePlan<float>.Suits(s with { OutC = 40 }, ConvLayout.ChannelLanes, ConvPass.Forward));
        Assert.False(DepthwisePlan<float>.Suits(s with { Groups = 10 }, ConvLayout.ChannelLanes, ConvPass.Forward));
        Assert.False(DepthwisePlan<float>.Suits(s with { C = 1, OutC = 1, Groups = 1 }, ConvLayout.ChannelLanes, ConvPass.Forward));
    }
}
