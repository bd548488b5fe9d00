using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Core;

/// <summary>Numbers at the ends of their type, and settings that make no sense: what is computed is right, or it is refused.</summary>
public class LimitTests
{
    [Fact]
    public void ConstantsOfOpsBeyondTheTypeAreRefused()
    {
        Tensor x = Tensor.From(1f, 0f);
        int tried = 0;
        foreach (Type type in typeof(IOp).Assembly.GetExportedTypes())
        {
            bool isUnary = type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IUnary<>));
            if (!isUnary || type.GetConstructor([typeof(double)]) is not { } make) continue;
            tried++;
            ArgumentException error = Assert.Throws<ArgumentException>(() => x.Apply((IOp)make.Invoke([1e300])));
            Assert.Contains("1E+300 was given for elements of float32, which ends at 3.4e38", error.Message, StringComparison.Ordinal);
            x.Cast(DType.Float64).Apply((IOp)make.Invoke([1e300]));
            x.Apply((IOp)make.Invoke([double.PositiveInfinity]));
        }
        Assert.True(tried >= 9, $"{tried} ops");
    }

    [Fact]
    public void NumbersToDivideByDoNotBecomeZero()
    {
        Tensor x = Tensor.From(1f, 0f);
        Action[] all =
        [
            () => _ = x / 1e-300, () => x.Softplus(1e-300), () => x.Unsqueeze(0).LayerNormalize(1, 1e-300),
            () => Tensor.LogUniform([3], new Rng(0), 1e-300, 1),
        ];
        foreach (Action act in all)
            Assert.Contains("begins at 1.4e-45", Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsMadeOfConstantsBeyondTheTypeIsRefused()
    {
        Tensor x = Tensor.From(1f, 0f).Track();
        Linear layer = new(1, 1);
        layer.Weight.Grad = Tensor.Zeros([1, 1]);
        Optimizer decayed = new(layer, new Sgd(), 0.1) { Hooks = { new WeightDecay(1e300) } };
        Linear wide = new Linear(1, 1).To(DType.Float64);
        using (new NoGrad()) wide.Weight.Fill(1e300);
        Action[] all =
        [
            () => new MseLoss { Scale = 1e300 }.Forward(x, x.Detach()), () => _ = new Optimizer(layer, new Sgd(), 1e300),
            decayed.Step, () => Initializer.Normal(1e308).Draw([2], DType.Float32, new Rng(0)),
            () => Tensor.LogUniform([3], new Rng(0), 1, 1e300), () => Tensor.Uniform([3], new Rng(0), 0, 1e300),
            () => new Linear(1, 1, bias: false).LoadStateDict(
                new Dictionary<string, Tensor> { ["weight"] = Tensor.From(new[,] { { 1e300 } }) }),
            () => wide.To(DType.Float32),
        ];
        foreach (Action act in all)
            Assert.Contains("float32", Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e20)]
    [InlineData(1e-25)]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void DeviationsAndErrorsNeitherOverflowNorVanish(double a)
    {
        DType type = a is 1e20 or 1e-25 ? DType.Float32 : DType.Float64;
        Tensor x = Tensor.From(a, -a).Cast(type).Track(), deviation = x.StandardDeviation();
        deviation.Backward();
        Assert.Equal(1, deviation.Item() / a, 6);
        Assert.Equal([0.5, -0.5], x.Grad!.Cast(DType.Float64).ToArray<double>().Select(number => Math.Round(number, 5)));
        Tensor y = Tensor.From(3 * a, 5 * a, -a).Cast(type), t = Tensor.From(3 * a, 4 * a, a).Cast(type);
        Assert.Equal(Math.Sqrt(5.0 / 3), MseLoss.Root(y, t) / a, 6);
        RootMeanSquaredError error = new();
        error.Add(y, t);
        Assert.Equal(Math.Sqrt(5.0 / 3), error.Value / a, 6);
        RSquared explained = new();
        explained.Add(y, t);
        Assert.Equal(1 - 5 / (14 / 3.0), explained.Value, 5);
        Assert.Equal(1, Scaler.FitStandard([a, 3 * a], 1).Scales[0] / a, 12);
    }

    [Fact]
    public void VarianceOfFewerNumbersThanTheCorrectionIsNotNegative()
    {
        Tensor x = Tensor.From(1f, 3f);
        Assert.Equal(double.PositiveInfinity, x.Variance(correction: 3).Item());
        Assert.Equal(double.PositiveInfinity, x.StandardDeviation(correction: 3).Item());
        Assert.Equal(2, x.Variance(correction: 1).Item());
    }

    [Theory]
    [InlineData(DType.Float32, 1e20)]
    [InlineData(DType.Float32, 3e38)]
    [InlineData(DType.Float64, 1e300)]
    public void SmoothUnitsAreStraightFarOut(DType type, double far)
    {
        Tensor x = Tensor.From(far, -far, 1, -1).Cast(type).Track(), y = x.GeluTanh();
        y.Sum().Backward();
        Assert.Equal([1, 0], y.Detach().Cast(DType.Float64).ToArray<double>()[..2].Select(number => Math.Round(number / far, 6)));
        Assert.Equal([1, 0], x.Grad!.Cast(DType.Float64).ToArray<double>()[..2]);
        Tensor soft = x.Detach().Track(), z = soft.Softplus(3);
        z.Sum().Backward();
        double[] found = z.Detach().Cast(DType.Float64).ToArray<double>();
        Assert.Equal(x.Detach().Cast(DType.Float64).ToArray<double>()[0], found[0]);
        Assert.Equal(0, found[1]);
        Assert.Equal(Math.Log(1 + Math.Exp(3)) / 3, found[2], 5);
        Assert.Equal(Math.Log(1 + Math.Exp(-3)) / 3, found[3], 5);
        Assert.Equal([1, 0], soft.Grad!.Cast(DType.Float64).ToArray<double>()[..2]);
    }

    [Theory]
    [InlineData(DType.Float32, 1e20)]
    [InlineData(DType.Float32, 3e38)]
    [InlineData(DType.Float64, 1e200)]
    [InlineData(DType.Float64, 1.7e308)]
    public void NormalizationsOfHugeNumbersAreOfTheirUsualSize(DType type, double far)
    {
        Tensor x = Tensor.From(far, -far, -far, far, 1, 3, 5, 7).Cast(type).Reshape(2, 4);
        Check([1, -1, -1, 1], x.LayerNormalize());
        Tensor grouped = x.GroupNormalize(2);
        Check([1, -1, -1, 1], grouped);
        foreach (bool isLast in (bool[])[false, true])
        {
            // Channels that are far or near, in both orders of memory.
            Tensor image = Tensor.From(far, -far, 1, 3, -far, far, 3, 1).Cast(type).Reshape(2, 2, 2);
            if (isLast) image = image.Permute(0, 2, 1).Contiguous().Permute(0, 2, 1);
            Tensor one = Tensor.Ones([2], type), zero = Tensor.Zeros([2], type);
            Tensor tracked = image.Detach().Track();
            (Tensor y, Tensor mean, Tensor variance) = tracked.BatchNormalize(one, zero, 1e-9);
            Check([1, -1, -1, 1, -1, 1, 1, -1], y.Detach());
            Check([0, 2], mean.Detach());
            Assert.All(variance.Detach().Cast(DType.Float64).ToArray<double>(), number => Assert.True(double.IsFinite(number)));
            (y * y * y).Sum().Backward();
            Assert.All(tracked.Grad!.Cast(DType.Float64).ToArray<double>(), number => Assert.True(double.IsFinite(number)));
        }
        Tensor infinite = Tensor.From(double.PositiveInfinity, 1, 2).Cast(type).LayerNormalize();
        Assert.True(double.IsNaN(infinite.Cast(DType.Float64).ToArray<double>()[0]));
        Check([0, 0, 0], Tensor.Full([3], far, type).LayerNormalize());
    }

    private static void Check(double[] expected, Tensor found)
    {
        double[] values = found.Cast(DType.Float64).ToArray<double>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 4);
    }

    [Fact]
    public void ThePowerOfInfinityWithANegativeExponentHasNoSlope()
    {
        Tensor a = Tensor.From(double.PositiveInfinity, 2.0), b = Tensor.From(-1.0, -1.0).Track();
        a.Pow(b).Sum().Backward();
        Assert.Equal([0, Math.Log(2) / 2], b.Grad!.ToArray<double>());
    }

    [Fact]
    public void LinspaceReachesFromEndToEnd()
    {
        Assert.Equal([-1.7e308, 0, 1.7e308], Tensor.Linspace(-1.7e308, 1.7e308, 3, DType.Float64).ToArray<double>());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Linspace(0, double.PositiveInfinity, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Linspace(double.NaN, 1, 3));
    }

    [Fact]
    public void BinsHaveFiniteEdgesAndCenters()
    {
        Assert.Throws<ArgumentException>(() => new TargetBins(double.NegativeInfinity, 0, double.PositiveInfinity));
        Assert.Equal(1.65e308, new TargetBins(1.6e308, 1.7e308).CenterOf(0), 1e294);
    }

    [Fact]
    public void UniformNumbersLieBelowTheUpperEnd()
    {
        float[] drawn = Tensor.Uniform([100000], new Rng(0), 16777216, 16777218).ToArray<float>();
        Assert.All(drawn, number => Assert.InRange(number, 16777216f, 16777217f));
    }

    public static TheoryData<double> Nonsense => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1];

    [Theory, MemberData(nameof(Nonsense))]
    public void SettingsThatMakeNoSenseAreRefused(double bad)
    {
        Tensor x = Tensor.Ones([2, 4]), ones = Tensor.Ones([4]);
        Rng rng = new(0);
        SampleRandom random = new(0, 0, 0);
        List<Action> all =
        [
            () => x.LayerNormalize(1, bad), () => x.GroupNormalize(2, bad), () => x.BatchNormalize(ones, ones, bad),
            () => x.NormalizeWith(ones, ones, ones, ones, bad), () => _ = new LayerNorm(4, bad), () => _ = new BatchNorm1d(4, epsilon: bad),
            () => _ = new GroupNorm(2, 4, epsilon: bad), () => Tensor.Normal([2], rng, std: bad), () => random.Chance(bad),
            () => Synthetic.Line(2, noise: bad), () => Synthetic.Moons(2, noise: bad), () => Synthetic.Spirals(2, noise: bad),
            () => Synthetic.Blobs(2, deviation: bad), () => Synthetic.Diets(2, noise: bad), () => Synthetic.Dose(2, noise: bad),
            () => Synthetic.Ratings(2, noise: bad), () => Synthetic.Prototypes(2, noise: bad),
            () => _ = new WeightLearningRates(new Linear(1, 1).Weight, Tensor.From(new[,] { { bad } })),
        ];
        if (!double.IsFinite(bad))
            all.AddRange([() => x.LeakyRelu(bad), () => Initializer.HeNormal(bad), () => Initializer.HeUniform(bad),
                () => Tensor.Uniform([2], rng, 0, bad), () => Tensor.Uniform([2], rng, bad, 1), () => Tensor.Normal([2], rng, bad),
                () => random.Uniform(bad, 1), () => random.Uniform(0, bad)]);
        for (int i = 0; i < all.Count; i++)
            Assert.True(Record.Exception(all[i]) is ArgumentException, $"{bad} is taken by number {i}");
    }

    [Fact]
    public void ErrorsOfNothingDoNotSpeakOfMinusOne()
    {
        Tensor none = Tensor.Zeros([0, 3]);
        (Action Act, string Part)[] all =
        [
            (() => Tensor.Scalar(1f).Sum(0), "there are none"), (() => none.Take(Tensor.From(0)), "there are none"),
            (() => Tensor.Zeros([2, 0]).SoftmaxCrossEntropy(Tensor.From(0, 0), 1), "there are none"), (() => _ = none[0], "give it some"),
            (() => Tensor.Ones([1, 1, 0, 2]).ConvTranspose2d(Tensor.Ones([1, 1, 3, 3])), "ConvTranspose2d"),
            (() => new BceWithLogitsLoss { PositiveWeight = Tensor.Ones([2]) }.Forward(Tensor.Ones([2, 3]), Tensor.Ones([2, 3])),
                "positive weight"),
        ];
        foreach ((Action act, string part) in all)
            Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RangesAndCountsThatMakeNoSenseAreRefused()
    {
        Action[] all =
        [
            () => Tensor.Uniform([3], new Rng(0), 2, 1), () => Tensor.Uniform([3], new Rng(0), -1.7e308, 1.7e308, DType.Float64),
            () => new SampleRandom(0, 0, 0).Whole(5, 2), () => new SampleRandom(0, 0, 0).Chance(2), () => _ = new SequentialSampler(-1),
            () => _ = new ShuffledSampler(-1, 0), () => _ = new Relu(-1), () => new SequentialSampler(3).Fill(0, new int[2]),
            () => new ShuffledSampler(3, 0).Fill(0, new int[2]), () => WeightedSampler.Even(3, 0).Fill(0, new int[2]),
        ];
        for (int i = 0; i < all.Length; i++) Assert.True(Record.Exception(all[i]) is ArgumentException, $"number {i} is taken");
        Assert.InRange(new SampleRandom(0, 0, 0).Whole(int.MinValue, int.MaxValue), int.MinValue, int.MaxValue);
    }
}
