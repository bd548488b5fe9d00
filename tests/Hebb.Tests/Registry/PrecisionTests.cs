using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Tests.Registry;

/// <summary>
/// Functions of one number in float32, densely, beside the same in float64: values are off by few units in the last place. Gradients, and
/// functions whose parts round before they are taken apart again, are as good as their arguments allow: where a function f hangs on its
/// argument strongly, by κ = |x f'(x) / f(x)| times as many units, which is what a changed last bit of x does.
/// </summary>
public class PrecisionTests(ITestOutputHelper output)
{
    private const double MostUlps = 8;

    /// <summary>Values that are as good as their arguments allow, and no better.</summary>
    private static readonly string[] s_ofRoundedParts = ["GeluTanh", "Softplus(2.5)", "StandardDeviation", "KlDivLoss", "HingeLoss"];

    /// <summary>
    /// Gradients that are computed from the result, which is what is kept, and so know the argument only as well as that tells it.
    /// </summary>
    private static readonly string[] s_gradientsOfResults =
    [
        "Sigmoid", "Tanh", "GeluTanh", "Mish", "Softmax", "LogSoftmax", "Softmax of columns", "LogSoftmax of columns",
        "CrossEntropyLoss of probabilities",
    ];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_functions = new()
    {
        ["Exp"] = x => x.Exp(),
        ["ExpRemainder"] = x => x.ExpRemainder(),
        ["Expm1"] = x => x.Expm1(),
        ["Log"] = x => x.Log(),
        ["Log1p"] = x => x.Log1p(),
        ["Sqrt"] = x => x.Sqrt(),
        ["Square"] = x => x.Square(),
        ["Sin"] = x => x.Sin(),
        ["Cos"] = x => x.Cos(),
        ["Tan"] = x => x.Tan(),
        ["Atan"] = x => x.Atan(),
        ["Erf"] = x => x.Erf(),
        ["Pow(2.5)"] = x => x.Pow(2.5),
        ["Pow(-3)"] = x => x.Pow(-3),
        ["Pow of x"] = x => Tensor.Scalar(1.5).Cast(x.DType).Pow(x),
        ["Abs"] = x => x.Abs(),
        ["Clip"] = x => x.Clip(-1, 0.75),
        ["Elu(0.75)"] = x => x.Elu(0.75),
        ["Elu"] = x => x.Elu(),
        ["LeakyRelu"] = x => x.LeakyRelu(0.1),
        ["Relu"] = x => x.Relu(),
        ["Sigmoid"] = x => x.Sigmoid(),
        ["Tanh"] = x => x.Tanh(),
        ["Silu"] = x => x.Silu(),
        ["Gelu"] = x => x.Gelu(),
        ["GeluTanh"] = x => x.GeluTanh(),
        ["Softplus"] = x => x.Softplus(),
        ["Softplus(2.5)"] = x => x.Softplus(2.5),
        ["LogSigmoid"] = x => x.LogSigmoid(),
        ["HardSigmoid"] = x => new HardSigmoid().Forward(x),
        ["HardSwish"] = x => new HardSwish().Forward(x),
        ["HardTanh"] = x => new HardTanh().Forward(x),
        ["Mish"] = x => new Mish().Forward(x),
        ["Selu"] = x => new Selu().Forward(x),
        ["Softsign"] = x => new Softsign().Forward(x),
        ["Softmax"] = x => Pairs(x).Softmax(1),
        ["LogSoftmax"] = x => Pairs(x).LogSoftmax(1),
        ["Softmax of columns"] = x => Pairs(x).Permute(1, 0).Softmax(0),
        ["LogSoftmax of columns"] = x => Pairs(x).Permute(1, 0).LogSoftmax(0),
        ["LogSumExp"] = x => Pairs(x).LogSumExp(1),
        ["Norm"] = x => Pairs(x, 1).Norm(2, 1),
        ["Norm(3)"] = x => Pairs(x, 1).Norm(3, 1),
        ["StandardDeviation"] = x => Pairs(x, 1).StandardDeviation([1]),
        ["MseLoss"] = x => Of(new MseLoss { Reduction = Reduction.None }, x, 0.75),
        ["L1Loss"] = x => Of(new L1Loss { Reduction = Reduction.None }, x, 0.75),
        ["HuberLoss"] = x => Of(new HuberLoss { Reduction = Reduction.None }, x, 0.75),
        ["HuberLoss(0.1)"] = x => Of(new HuberLoss { Reduction = Reduction.None, Delta = 0.1 }, x, 0.75),
        ["SmoothL1"] = x => Of(HuberLoss.SmoothL1(0.3, Reduction.None), x, 0.75),
        ["BceLoss of 0"] = x => Of(new BceLoss { Reduction = Reduction.None }, x, 0),
        ["BceLoss of 1"] = x => Of(new BceLoss { Reduction = Reduction.None }, x, 1),
        ["BceLoss of 0.25"] = x => Of(new BceLoss { Reduction = Reduction.None }, x, 0.25),
        ["BceWithLogitsLoss of 0"] = x => Of(new BceWithLogitsLoss { Reduction = Reduction.None }, x, 0),
        ["BceWithLogitsLoss of 1"] = x => Of(new BceWithLogitsLoss { Reduction = Reduction.None }, x, 1),
        ["BceWithLogitsLoss of 0.25"] = x => Of(new BceWithLogitsLoss { Reduction = Reduction.None }, x, 0.25),
        ["BceWithLogitsLoss, weighted"] = x =>
            Of(new BceWithLogitsLoss { Reduction = Reduction.None, PositiveWeight = Tensor.Scalar(3f) }, x, 1),
        ["KlDivLoss"] = x => Of(new KlDivLoss { Reduction = Reduction.None }, x, 0.25),
        ["KlDivLoss of logarithms"] = x => Of(new KlDivLoss { Reduction = Reduction.None, TakesLogTargets = true }, x, -1.5),
        ["CrossEntropyLoss"] = x => OfClass(new CrossEntropyLoss { Reduction = Reduction.None }, x),
        ["CrossEntropyLoss, smoothed"] = x => OfClass(new CrossEntropyLoss { Reduction = Reduction.None, LabelSmoothing = 0.1 }, x),
        ["CrossEntropyLoss of probabilities"] = x => Of(new CrossEntropyLoss { Reduction = Reduction.None }, Pairs(x), 0.5),
        ["FocalLoss"] = x => OfClass(new FocalLoss { Reduction = Reduction.None }, x),
        ["FocalLoss(0.5)"] = x => OfClass(new FocalLoss { Reduction = Reduction.None, Gamma = 0.5 }, x),
        ["HingeLoss"] = x => OfClass(new HingeLoss { Reduction = Reduction.None }, x),
        ["GaussianKlDivergence of ln σ²"] = x => InformationTheory.GaussianKlDivergence(x * 0, x),
        ["GaussianKlDivergence of μ"] = x => InformationTheory.GaussianKlDivergence(x, x * 0),
        ["Entropy"] = x => InformationTheory.Entropy(x.Unsqueeze(1)),
    };

    public static TheoryData<string> Names => [.. s_functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void FloatsAreAsGoodAsTheirArguments(string name)
    {
        Func<Tensor, Tensor> f = s_functions[name];
        Check(name, f, s_ofRoundedParts.Contains(name));
        if (!s_gradientsOfResults.Contains(name))
            Check($"the gradient of {name}", x => Gradient.Of(f(x.Track()).Sum(), x), true);
    }

    private void Check(string what, Func<Tensor, Tensor> f, bool asArgumentsAllow)
    {
        Tensor x = Tensor.From(s_points, [s_points.Length]), exact = x.Cast(DType.Float64);
        double[] y = f(x).Cast(DType.Float64).ToArray<double>(), truth = f(exact).ToArray<double>();
        double[] below = f(exact * (1 - Small)).ToArray<double>(), above = f(exact * (1 + Small)).ToArray<double>();
        double worst = 0;
        int at = 0, each = y.Length / s_points.Length;
        for (int i = 0; i < y.Length; i++)
        {
            if (!(Math.Abs(truth[i]) is > 1e-36 and < 1e38)) continue;
            double change = Math.Max(Math.Abs(above[i] - truth[i]), Math.Abs(truth[i] - below[i])) / Small;
            if (!double.IsFinite(change)) continue;
            double error = Math.Abs(y[i] - truth[i]) / (Math.Abs(truth[i]) + (asArgumentsAllow ? change : 0)) * (1 << 24);
            if (!(error <= worst)) (worst, at) = (error, i);
        }
        output.WriteLine($"{what}: {worst:F1} ulp at {s_points[at / each]:R}, {y[at]:R} for {truth[at]:R}");
        Assert.True(worst <= MostUlps, $"{what}: {worst:F1} ulp at {s_points[at / each]:R}, where {y[at]:R} was found for {truth[at]:R}.");
    }

    private const double Small = 1.0 / (1 << 20);

    private static readonly float[] s_points = [.. Points()];

    /// <summary>Every size from 2⁻³⁰ to 2⁸, and closer and closer to numbers where functions turn.</summary>
    private static IEnumerable<float> Points()
    {
        for (int power = -30; power < 8; power++)
            for (int i = 0; i < 61; i++)
                foreach (int sign in (int[])[1, -1]) yield return sign * MathF.ScaleB(1 + (i / 61f), power);
        foreach (float turn in (float[])[0.25f, 0.5f, 0.75f, 1, 1.5f, 2, 3, 6])
            for (int power = -22; power < -2; power++)
                foreach (int sign in (int[])[1, -1])
                    foreach (int side in (int[])[1, -1]) yield return sign * (turn + (side * MathF.ScaleB(1.25f, power)));
    }

    private static Tensor Pairs(Tensor x, double other = 0) => Tensor.Concat([x.Unsqueeze(1), x.Unsqueeze(1) * 0 + other], 1);

    private static Tensor Of(Loss loss, Tensor x, double target) =>
        loss.Forward(x, Tensor.Full(x.Shape, target, DType.Float64).Cast(x.DType));

    private static Tensor OfClass(Loss loss, Tensor x) => loss.Forward(Pairs(x), Tensor.Full([x.Count], 0, DType.Int64));
}
