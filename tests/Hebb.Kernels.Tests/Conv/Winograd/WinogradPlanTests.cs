using Hebb.Testing;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class WinogradPlanTests
{
    private static ConvShape Shape(int n, int c, int h, int w, int outs, int padH = 1, int padW = 1, int groups = 1)
        => new(n, c, h, w, outs, 3, 3) { PadH = padH, PadW = padW, Groups = groups };

    private static float[] Numbers(Random random, long count, double low = -1)
        => [.. Enumerable.Range(0, (int)count).Select(_ => (float)((random.NextDouble() * (1 - low)) + low))];

    private static double[] Doubles(float[] numbers) => [.. numbers.Select(x => (double)x)];

    private static void Near(double[] expected, double[] actual, double tolerance, ConvShape s, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs), worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= tolerance * largest, $"{what} is off by {worst / largest:E1} of its largest number; {s}");
    }

    private static void AllPasses(Random random, ConvShape s, double tolerance, bool strided, double low = -1)
    {
        Assert.True(Winograd.Suits<float>(s, ConvLayout.ChannelLanes, ConvPass.Forward), $"{s}");
        const ConvLayout layout = ConvLayout.ChannelLanes;
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.OutC, s.OutH, s.OutW];
        var x = strided ? ImageStack<float>.Anywhere(random, inputs) : ImageStack<float>.In(layout, inputs);
        var dy = strided ? ImageStack<float>.Anywhere(random, outputs) : ImageStack<float>.In(layout, outputs);
        Numbers(random, x.Data.Length, low).CopyTo(x.Data, 0);
        Numbers(random, dy.Data.Length, low).CopyTo(dy.Data, 0);
        float[] w = Numbers(random, s.WeightLength, low), bias = Numbers(random, s.OutC);

        var y = ImageStack<double>.In(layout, outputs);
        var dx = ImageStack<double>.In(layout, inputs);
        double[] dw = new double[w.Length], db = new double[s.OutC];
        Conv.Forward<double>(s, layout, Doubles(x.Data), x.Strides, Doubles(w), Doubles(bias), y.Data, y.Strides);
        Conv.InputGradient<double>(s, layout, Doubles(dy.Data), dy.Strides, Doubles(w), dx.Data, dx.Strides);
        Conv.WeightGradient<double>(s, layout, Doubles(x.Data), x.Strides, Doubles(dy.Data), dy.Strides, dw, db);

        var toY = strided ? ImageStack<float>.Writable(random, layout, outputs) : ImageStack<float>.In(layout, outputs);
        var toX = strided ? ImageStack<float>.Writable(random, layout, inputs) : ImageStack<float>.In(layout, inputs);
        Array.Fill(toY.Data, float.NaN);
        Array.Fill(toX.Data, float.NaN);
        Everywhere.Same(() =>
        {
            Conv.Forward<float>(s, layout, x.Data, x.Strides, w, bias, toY.Data, toY.Strides);
            return toY.Data.ToArray();
        });
        Near(y.ToDoubles(), toY.ToDoubles(), tolerance, s, "y");
        Everywhere.Same(() =>
        {
            Conv.InputGradient<float>(s, layout, dy.Data, dy.Strides, w, toX.Data, toX.Strides);
            return toX.Data.ToArray();
        });
        Near(dx.ToDoubles(), toX.ToDoubles(), tolerance, s, "dx");
        float[] gradients = Everywhere.Same(() =>
        {
            float[] both = Numbers(random, w.Length + s.OutC);
            Conv.WeightGradient<float>(s, layout, x.Data, x.Strides, dy.Data, dy.Strides, both.AsSpan(0, w.Length), both.AsSpan(w.Length));
            return both;
        });
        float[] alone = new float[w.Length];
        Conv.WeightGradient<float>(s, layout, x.Data, x.Strides, dy.Data, dy.Strides, alone);
        Assert.Equal(gradients[..w.Length], alone);
        Near(dw, Doubles(alone), tolerance, s, "dw");
        Near(db, Doubles(gradients[w.Length..]), tolerance, s, "db");
    }

    // Tiles that do not fit, borders, channels that fill no register or panel, groups, several blocks of channels, of tiles and of weights.
    public static TheoryData<int, int, int, int, int, int, int, int> Shapes => new()
    {
        { 1, 32, 8, 16, 32, 1, 1, 1 }, { 2, 33, 7, 9, 45, 1, 1, 1 }, { 3, 40, 5, 13, 37, 0, 2, 1 }, { 1, 64, 11, 10, 96, 2, 0, 1 },
            { 9, 36, 6, 6, 64, 1, 1, 1 },
        { 2, 96, 9, 9, 105, 1, 1, 3 }, { 5, 70, 17, 18, 66, 0, 0, 2 }, { 1, 150, 12, 9, 33, 1, 1, 1 }, { 12, 48, 12, 13, 50, 2, 2, 1 },
            { 40, 34, 8, 8, 33, 1, 1, 1 },
        { 2, 300, 9, 9, 40, 1, 1, 1 }, { 8, 64, 4, 4, 64, 1, 1, 1 }, { 1, 32, 3, 40, 200, 1, 1, 1 }, { 2, 65, 3, 30, 34, 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PassesAgreeWithDirectSumsInDouble(int n, int c, int h, int w, int outs, int padH, int padW, int groups) =>
        AllPasses(new Random(c), Shape(n, c, h, w, outs, padH, padW, groups), 1e-5, true);

    [Theory]
    [InlineData(2, 1024, 8, 64)]
    [InlineData(17, 256, 8, 300)]
    public void ManyChannelsStayAccurate(int n, int c, int size, int outs) =>
        AllPasses(new Random(5), Shape(n, c, size, size, outs), 1e-5, false);

    [Fact]
    public void NumbersOfOneSignStayAccurate() => AllPasses(new Random(6), Shape(3, 64, 13, 14, 40), 1e-5, true, 0);

    [Fact]
    public void ItSuitsByShape()
    {
        ConvShape s = Shape(32, 64, 16, 16, 128);
        Assert.True(Winograd.Suits<float>(s, ConvLayout.ChannelLanes, ConvPass.Forward));
        Assert.False(Winograd.Suits<double>(s, ConvLayout.ChannelLanes, ConvPass.Forward));
        Assert.False(Winograd.Suits<float>(s, ConvLayout.BatchLanes, ConvPass.Forward));
        ConvShape[] others =
        [
            s with { KernelH = 5 }, s with { StrideW = 2 }, s with { DilationH = 2 }, s with { PadW = 3 }, s with { C = 3 },
                s with { OutC = 8 },
            s with { Groups = 16 }, s with { N = 1, H = 4, W = 4 }, s with { H = 2, W = 2 },
        ];
        Assert.All(others, other => Assert.False(Winograd.Suits<float>(other, ConvLayout.ChannelLanes, ConvPass.Forward), $"{other}"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    public void PackedWeightsAndActivationsGiveTheSame(int n, int groups)
    {
        var random = new Random(4);
        ConvShape s = Shape(n, 66 * groups, 13, 13, 35 * groups, groups: groups);
        var x = ImageStack<float>.In(ConvLayout.ChannelLanes, [s.N, s.C, s.H, s.W]).Fill(random);
        var y = ImageStack<float>.In(ConvLayout.ChannelLanes, [s.N, s.OutC, s.OutH, s.OutW]);
        float[] w = Numbers(random, s.WeightLength), bias = Numbers(random, s.OutC),
            packed = new float[Conv.PackedLength<float>(s, ConvLayout.ChannelLanes)];
        Conv.Forward<float>(s, ConvLayout.ChannelLanes, x.Data, x.Strides, w, bias, y.Data, y.Strides);
        float[] plain = [.. y.Data], other = Numbers(random, plain.Length);
        float[] ramp = [.. plain.Zip(other, (v, o) => Math.Max(v, 0) + o)];
        Everywhere.Run(() =>
        {
            Conv.Pack<float>(s, ConvLayout.ChannelLanes, w, packed);
            Conv.Forward<float>(s, ConvLayout.ChannelLanes, x.Data, x.Strides, w, bias, y.Data, y.Strides, packed);
            Assert.Equal(plain, y.Data);
            Conv.Forward<float, RampPlus>(
                s, ConvLayout.ChannelLanes, x.Data, x.Strides, w, bias, y.Data, y.Strides, default, other: other);
            Assert.Equal(ramp, y.Data);
        });
    }

    [Fact]
    public void AllPassesAllocateNothingOnceWarm()
    {
        ConvShape s = Shape(9, 40, 12, 12, 48);
        var x = ImageStack<float>.In(ConvLayout.ChannelLanes, [s.N, s.C, s.H, s.W]);
        var y = ImageStack<float>.In(ConvLayout.ChannelLanes, [s.N, s.OutC, s.OutH, s.OutW]);
        float[] w = new float[s.WeightLength], bias = new float[s.OutC];
        Passes(40);
        Assert.Equal(0, Allocations.Of(() => Passes(5)));

        void Passes(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Conv.Forward<float>(s, ConvLayout.ChannelLanes, x.Data, x.Strides, w, bias, y.Data, y.Strides);
                Conv.InputGradient<float>(s, ConvLayout.ChannelLanes, y.Data, y.Strides, w, x.Data, x.Strides);
                Conv.WeightGradient<float>(s, ConvLayout.ChannelLanes, x.Data, x.Strides, y.Data, y.Strides, w, bias);
            }
        }
    }
}
