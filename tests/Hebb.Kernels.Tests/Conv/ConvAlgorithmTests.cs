using System.Numerics;

namespace Hebb.Kernels.Tests;

/// <summary>Every way to compute convolutions, on shapes that it suits, whether or not it is the one that is preferred for them.</summary>
[Collection("lanes")]
public class ConvAlgorithmTests
{
    private static FirstOfPair<NoActivation> Alone => default;

    private static readonly ConvPass[] s_passes = Enum.GetValues<ConvPass>();
    private static readonly ConvLayout[] s_layouts = Enum.GetValues<ConvLayout>();

    public static TheoryData<string> Names => [.. ConvAlgorithms<float>.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPassAgreesWithDirectSumsAndHasTheSameBitsEverywhere(string name)
    {
        int floats = Check<float>(name, 1e-4), doubles = Check<double>(name, 1e-12);
        Assert.True(floats > 0, $"no shape suits {name}");
        Assert.True(doubles > 0 || name == "Winograd", $"no shape of doubles suits {name}");
    }

    [Fact]
    public void TheFirstThatSuitsIsTaken()
    {
        foreach (ConvShape s in Shapes())
        {
            foreach (ConvLayout layout in s_layouts)
            {
                Dims x = layout.Strides(s.N, s.C, s.H, s.W), y = layout.Strides(s.N, s.OutC, s.OutH, s.OutW);
                Assert.IsType(First(ConvPass.Forward), CorrelationPlan<float>.Forward(s, layout, x, y));
                Assert.IsType(First(ConvPass.InputGradient), CorrelationPlan<float>.InputGradient(s, layout, y, x));
                Assert.IsType(First(ConvPass.WeightGradient), WeightGradientPlan<float>.Of(s, layout, x, y, true));

                Type First(ConvPass pass) => ConvAlgorithms<float>.All.First(algorithm => algorithm.Suits(s, layout, pass))
                    .Plan(new(pass, s, layout, x, y, pass == ConvPass.WeightGradient)).GetType();
            }
        }
    }

    [Fact]
    public void APlanIsMadeOnce()
    {
        var s = new ConvShape(2, 3, 7, 8, 5, 3, 3);
        Dims x = ConvLayout.ChannelLanes.Strides(2, 3, 7, 8), y = ConvLayout.ChannelLanes.Strides(2, 5, 5, 6);
        Assert.Same(Forward(s, x), Forward(s, x));
        Assert.NotSame(Forward(s, x), Forward(s with { N = 1 }, x));
        Assert.NotSame(Forward(s, x), Forward(s, Dims.RowMajor([2, 3, 7, 8])));

        CorrelationPlan<float> Forward(in ConvShape shape, in Dims xs) =>
            CorrelationPlan<float>.Forward(shape, ConvLayout.ChannelLanes, xs, y);
    }

    [Fact]
    public void ThereIsAnAlgorithmForEveryPassOfEveryLayout()
    {
        var s = new ConvShape(2, 3, 7, 8, 5, 3, 3) { PadH = 5, DilationW = 3, StrideH = 2 };
        Assert.All(s_layouts, layout => Assert.All(s_passes, pass => Assert.NotNull(ConvAlgorithms<double>.First(s, layout, pass))));
    }

    private static int Check<T>(string name, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ConvAlgorithm<T> algorithm = ConvAlgorithms<T>.All.Single(a => a.Name == name);
        int count = 0;
        foreach (ConvShape s in Shapes())
        {
            foreach (ConvLayout layout in s_layouts)
            {
                if (!s_passes.Any(pass => algorithm.Suits(s, layout, pass))) continue;
                count++;
                var random = new Random(count);
                Dims inputs = [s.N, s.C, s.H, s.W], outputs = [s.N, s.OutC, s.OutH, s.OutW];
                T[] w = Numbers<T>(random, s.WeightLength), bias = Numbers<T>(random, s.OutC);
                var x = ImageStack<T>.Anywhere(random, inputs).Fill(random);
                var dy = ImageStack<T>.Anywhere(random, outputs).Fill(random);
                if (algorithm.Suits(s, layout, ConvPass.Forward))
                {
                    var y = ImageStack<T>.Writable(random, layout, outputs);
                    var plan = (CorrelationPlan<T>)algorithm.Plan(new(ConvPass.Forward, s, layout, x.Strides, y.Strides, false));
                    T[] packed = new T[plan.PackedLength];
                    plan.Pack(w, packed);
                    T[] plain = Everywhere.Same(() => Filled(y.Data, to => plan.Run(x.Data, w, bias, to, Alone)));
                    Near(ConvReference.Forward(s, x, w, bias), y.ToDoubles(), tolerance, s, $"{name} y");
                    Assert.Equal(plain, Everywhere.Same(() => Filled(y.Data, to => plan.Run(x.Data, w, bias, to, Alone, packed))));
                    CheckFunction(plain, random, (to, other) => plan.Run(x.Data, w, bias, to, default(RampPlus), packed, other: other));
                }
                if (algorithm.Suits(s, layout, ConvPass.InputGradient))
                {
                    var dx = ImageStack<T>.Writable(random, layout, inputs);
                    var plan = (CorrelationPlan<T>)algorithm.Plan(new(ConvPass.InputGradient, s, layout, dx.Strides, dy.Strides, false));
                    T[] plain = Everywhere.Same(() => Filled(dx.Data, to => plan.Run(dy.Data, w, [], to, Alone)));
                    Near(ConvReference.InputGradient(s, dy, w), dx.ToDoubles(), tolerance, s, $"{name} dx");
                    CheckFunction(plain, random, (to, other) => plan.Run(dy.Data, w, [], to, default(RampPlus), other: other));
                }
                if (!algorithm.Suits(s, layout, ConvPass.WeightGradient)) continue;
                foreach (bool hasBias in (bool[])[false, true])
                {
                    ConvProblem problem = new(ConvPass.WeightGradient, s, layout, x.Strides, dy.Strides, hasBias);
                    var plan = (WeightGradientPlan<T>)algorithm.Plan(problem);
                    T[] gradients = Everywhere.Same(() => Filled(
                        new T[w.Length + (hasBias ? s.OutC : 0)], to =>
                            plan.Run(x.Data, dy.Data, to.AsSpan(0, w.Length), to.AsSpan(w.Length))));
                    double[] dw = ConvReference.WeightGradient(s, x, dy),
                        expected = hasBias ? [.. dw, .. ConvReference.BiasGradient(dy)] : dw;
                    Near(expected, [.. gradients.Select(double.CreateTruncating)], tolerance * 4, s, $"{name} dw, db");
                }
            }
        }
        return count;
    }

    // What lies between the numbers is NaN before and after.
    private static void CheckFunction<T>(T[] plain, Random random, Action<T[], T[]> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] other = Numbers<T>(random, plain.Length);
        T[] activated = Everywhere.Same(() => Filled(new T[plain.Length], to => run(to, other)));
        Assert.Equal(plain.Zip(other, (v, o) => T.Max(v, T.Zero) + o), activated);
    }

    private static T[] Filled<T>(T[] to, Action<T[]> fill) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Array.Fill(to, T.NaN);
        fill(to);
        return [.. to];
    }

    private static T[] Numbers<T>(Random random, long count) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, (int)count).Select(_ => T.CreateTruncating((random.NextDouble() * 2) - 1))];

    private static void Near(double[] expected, double[] actual, double tolerance, ConvShape s, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double most = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= most, $"{what}[{i}] is {actual[i]}, should be {expected[i]}; {s}");
        }
    }

    // Some of every kind: few and many channels, images that fill a register, groups, strides, dilation and padding.
    private static List<ConvShape> Shapes()
    {
        var random = new Random(11);
        List<ConvShape> shapes =
        [
            new(0, 2, 4, 4, 3, 3, 3), new(2, 18, 9, 10, 20, 3, 3) { PadH = 1, PadW = 1 }, new(1, 34, 8, 16, 17, 3, 3) { PadH = 2 },
            new(9, 32, 4, 5, 36, 3, 3) { PadH = 1, PadW = 1, Groups = 2 },
        ];
        while (shapes.Count < 40)
        {
            int kind = random.Next(4), groups = kind == 0 ? random.Next(2, 40) : random.Next(4) == 0 ? random.Next(1, 4) : 1;
            int channels = kind == 0 ? 1 : kind == 1 ? random.Next(1, 5) : random.Next(1, 20), outs = kind == 0 ? 1 : random.Next(1, 20);
            var s = new ConvShape(
                kind == 2 ? random.Next(14, 40) : random.Next(1, 5), groups * channels, random.Next(1, 10),
                    random.Next(1, kind == 1 ? 40 : 12),
                groups * outs, random.Next(1, 5), random.Next(1, 5))
            {
                StrideH = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                StrideW = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                PadH = random.Next(4),
                PadW = random.Next(4),
                DilationH = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                DilationW = random.Next(3) == 0 ? random.Next(1, 4) : 1,
                Groups = groups,
            };
            if (s.OutH > 0 && s.OutW > 0 && s.Flops < 200_000) shapes.Add(s);
        }
        return shapes;
    }
}
