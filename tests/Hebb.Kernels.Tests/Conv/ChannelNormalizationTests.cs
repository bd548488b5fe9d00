namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class ChannelNormalizationTests
{
    private const double Epsilon = 1e-3;

    // One for each way that a convolution may go: direct with groups and parts of panels, tiles of 4 x 4, channel by channel, rows, batch.
    private static IEnumerable<ConvShape> Shapes =>
    [
        new(2, 6, 9, 9, 40, 3, 3) { PadH = 1 }, new(33, 4, 9, 9, 10, 3, 3) { Groups = 2 },
        new(2, 3, 5, 7, 37, 2, 2), new(1, 70, 4, 4, 72, 1, 1),
        new(4, 32, 12, 12, 40, 3, 3) { PadH = 1, PadW = 1 }, new(2, 32, 12, 12, 38, 3, 3) { PadH = 1, PadW = 1, Groups = 2 },
        new(2, 37, 9, 9, 37, 3, 3) { Groups = 37, PadH = 1, PadW = 1 }, new(1, 3, 20, 20, 6, 5, 5),
    ];

    private static float[] Numbers(Random random, long count, double low) =>
        [.. Enumerable.Range(0, (int)count).Select(_ => (float)(low + random.NextDouble()))];

    [Fact]
    public void ItGivesTheBitsOfANormalizationAfterwards()
    {
        Random random = new(3);
        foreach (ConvShape s in Shapes)
        {
            foreach (ConvLayout layout in Enum.GetValues<ConvLayout>())
            {
                Dims outputs = [s.N, s.OutC, s.OutH, s.OutW];
                var x = ImageStack<float>.Anywhere(random, [s.N, s.C, s.H, s.W]).Fill(random);
                float[] w = Numbers(random, s.WeightLength, -0.5), bias = Numbers(random, s.OutC, -0.5);
                float[] gamma = Numbers(random, s.OutC, 0.5), beta = Numbers(random, s.OutC, -1), mean = Numbers(random, s.OutC, -1);
                float[] variance = Numbers(random, s.OutC, 0.1);
                var plain = ImageStack<float>.In(layout, outputs);
                Conv.Forward<float>(s, layout, x.Data, x.Strides, w, bias, plain.Data, plain.Strides);
                float[] sums = [.. plain.ToDoubles().Select(v => (float)v)], expected = new float[sums.Length];
                ChannelGrid grid = ChannelGrid.Plain(s.N, s.OutC, s.OutH * s.OutW);
                BatchNorm.Infer<float>(grid, sums, gamma, beta, mean, variance, Epsilon, expected);
                var normalized = ImageStack<float>.In(layout, outputs);
                var other = ImageStack<float>.In(layout, outputs).Fill(random);
                float[] ramps = [.. expected.Zip(other.ToDoubles(), (v, o) => Math.Max(v, 0) + (float)o)];
                Everywhere.Run(() =>
                {
                    Conv.Forward(
                        s, layout, x.Data, x.Strides, w, bias, normalized.Data, normalized.Strides, default(FirstOfPair<NoActivation>),
                        default, new ChannelNormalization<float>(gamma, beta, mean, variance, Epsilon));
                    Assert.Equal(expected, normalized.ToDoubles().Select(v => (float)v));
                    Conv.Forward(
                        s, layout, x.Data, x.Strides, w, bias, normalized.Data, normalized.Strides, default(RampPlus), default,
                        new ChannelNormalization<float>(gamma, beta, mean, variance, Epsilon), other.Data);
                    Assert.Equal(ramps, normalized.ToDoubles().Select(v => (float)v));
                });
            }
        }
    }

    [Fact]
    public void WrongLengthsAreNamed()
    {
        ConvShape s = new(1, 1, 3, 3, 2, 1, 1);
        float[] x = new float[9], w = new float[2], two = new float[2], y = new float[18];
        Assert.Contains("variance", Assert.Throws<ArgumentException>(() => Conv.Forward(
            s, ConvLayout.ChannelLanes, x, [9, 9, 3, 1], w, default, y, [18, 1, 6, 2], default(FirstOfPair<NoActivation>), default,
            new ChannelNormalization<float>(two, two, two, new float[3], Epsilon))).Message, StringComparison.Ordinal);
    }
}
