using System.Numerics;

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
                StrideH = random.Next(3) == 0 ? random.Next(1, 4) : 1, StrideW = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                PadH = random.Next(4), PadW = random.Next(4),
                DilationH = random.Next(3) == 0 ? random.Next(1, 4) : 1, DilationW = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                Groups = groups,
            };
            if (s.OutH > 0 && s.OutW > 0 && s.Flops is > 0 and < 1_000_000) return s;
        }
    }

    private static int Few(Random random) => random.Next(4) switch { 0 => 1, 1 => random.Next(1, 20), 2 => random.Next(15, 36), _ => random.Next(2, 5) };

    private static void Near(double[] expected, double[] actual, double scale, ConvShape s, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= scale * Math.Max(1, Math.Abs(expected[i])), $"{what}[{i}] is {actual[i]}, should be {expected[i]}; {s}");
    }

    private static void AllPasses<T>(int seed, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        ConvShape s = RandomShape(random);
        Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.OutC, s.OutH, s.OutW];
        var x = ImageStack<T>.Anywhere(random, inputs).Fill(random);
        var dy = ImageStack<T>.Anywhere(random, outputs).Fill(random);
        T[] w = Numbers<T>(random, s.WeightLength), bias = random.Next(2) == 0 ? Numbers<T>(random, s.OutC) : [];
        double[] y = ConvReference.Forward(s, x, w, bias), dx = ConvReference.InputGradient(s, dy, w), dw = ConvReference.WeightGradient(s, x, dy);
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
                T[] gradient = Numbers<T>(random, s.WeightLength);
                Conv.WeightGradient(s, layout, x.Data, x.Strides, dy.Data, dy.Strides, gradient);
                return gradient;
            });
            Near(dw, [.. toW.Select(double.CreateTruncating)], tolerance * 4, s, $"{layout} dw");
        }
    }

    [Fact]
    public void AllPassesOfRandomShapesAgreeWithTheDirectSums()
    {
        for (int seed = 0; seed < 120; seed++) AllPasses<double>(seed, 1e-12);
        for (int seed = 0; seed < 60; seed++) AllPasses<float>(1000 + seed, 1e-4);
    }
}
