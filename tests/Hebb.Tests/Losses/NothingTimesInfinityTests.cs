using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Tests.Losses;

/// <summary>What does not count, since its target, weight or mask is 0, costs nothing, also where the output there is infinite.</summary>
public class NothingTimesInfinityTests
{
    private const double Infinity = double.PositiveInfinity;

    private static (double Loss, double[] Gradient) Of(Func<Tensor, Tensor> loss, Tensor output)
    {
        Tensor y = output.Detach().Clone();
        y.RequiresGrad = true;
        Tensor value = loss(y);
        return (value.Item(), Gradient.Of(value, y).ToArray<double>());
    }

    [Fact]
    public void ATargetOfZeroAtAnImpossibleOutputCostsNothing()
    {
        Tensor target = Tensor.From<double>([0, 0.25, 0.75], [1, 3]);
        Tensor logs = Tensor.From<double>([-Infinity, Math.Log(0.5), Math.Log(0.5)], [1, 3]);
        double divergence = 0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5);
        (double loss, double[] gradient) = Of(y => new KlDivLoss { Reduction = Reduction.Sum }.Forward(y, target), logs);
        Assert.Equal(divergence, loss, 12);
        Assert.Equal([0, -0.25, -0.75], gradient.Select(g => g + 0.0));
        (loss, gradient) = Of(y => new KlDivLoss { Reduction = Reduction.Sum, TakesLogTargets = true }.Forward(y, target.Log()), logs);
        Assert.Equal(divergence, loss, 12);
        Assert.Equal([0, -0.25, -0.75], gradient.Select(g => g + 0.0));
        foreach (int rows in (int[])[1, 40])
        {
            Tensor z = Tensor.Concat([.. Enumerable.Repeat(logs, rows)]), q = Tensor.Concat([.. Enumerable.Repeat(target, rows)]);
            (loss, gradient) = Of(y => new CrossEntropyLoss().Forward(y, q), z);
            Assert.Equal(Math.Log(2), loss, 12);
            Assert.Equal([0, 0.25 / rows, -0.25 / rows], gradient[..3].Select(g => Math.Round(g, 12) + 0.0));
        }
        Assert.Equal(Infinity, new CrossEntropyLoss().Forward(logs, Tensor.From<double>([0.5, 0.5, 0], [1, 3])).Item());
    }

    [Fact]
    public void TrackedTargetsThatDoNotCountHaveTheGradientsOfTheirLimits()
    {
        Tensor logs = Tensor.From<double>([-1, -Infinity, Math.Log(0.5)], [1, 3]);
        KlDivLoss divergence = new() { Reduction = Reduction.Sum, TakesLogTargets = true };
        // d/dt of eᵗ (t - y) is eᵗ (t - y + 1)
        (double loss, double[] gradient) = Of(t => divergence.Forward(logs, t), Tensor.From<double>([-Infinity, -Infinity, 0], [1, 3]));
        Assert.Equal(Math.Log(2), loss, 12);
        Assert.Equal([0, 0, Math.Log(2) + 1], gradient);
        (_, gradient) = Of(t => new KlDivLoss { Reduction = Reduction.Sum }.Forward(logs, t), Tensor.From<double>([0, 0, 1], [1, 3]));
        Assert.Equal([0, 0, Math.Log(2) + 1], gradient);
        // d/dt of t s(-z) + (1 - t) s(z) with s(z) = ln(1 + eᶻ) is -z, at the ends too
        Tensor z = Tensor.From<double>(0.25, -1, 3), sure = Tensor.From<double>(1, 0, 0.5);
        foreach (Tensor? weight in (Tensor?[])[null, Tensor.From<double>(1, 1, 1)])
        {
            BceWithLogitsLoss yesOrNo = new() { Reduction = Reduction.Sum, PositiveWeight = weight };
            (_, gradient) = Of(t => yesOrNo.Forward(z, t), sure);
            Assert.Equal([-0.25, 1, -3], gradient.Select(g => Math.Round(g, 14)));
        }
    }

    [Fact]
    public void ACertaintyWhoseTargetIsTrackedHasSecondDerivatives()
    {
        Tensor p = Tensor.From<double>(0, 1, 0.5).Track(), t = Tensor.From<double>(0, 1, 0.25).Track();
        Tensor slope = Gradient.Of(new BceLoss { Reduction = Reduction.Sum }.Forward(p, t), t, createGraph: true);
        Assert.Equal([100, -100, 0], slope.Detach().ToArray<double>().Select(g => g + 0.0));
        Assert.Equal([-1, -1, -4], Gradient.Of(slope.Sum(), p).ToArray<double>().Select(g => g + 0.0));
    }

    [Fact]
    public void ACertaintyThatIsRightCostsNothing()
    {
        Tensor z = Tensor.From<double>(Infinity, -Infinity, 2), t = Tensor.From<double>(1, 0, 1);
        BceWithLogitsLoss[] losses =
            [new() { Reduction = Reduction.Sum }, new() { Reduction = Reduction.Sum, PositiveWeight = Tensor.From<double>(1, 1, 1) }];
        foreach (BceWithLogitsLoss loss in losses)
        {
            (double value, double[] gradient) = Of(y => loss.Forward(y, t), z);
            Assert.Equal(Math.Log(1 + Math.Exp(-2)), value, 12);
            Assert.Equal([0, 0], gradient[..2].Select(g => g + 0.0));
            Assert.Equal(Infinity, loss.Forward(z, 1 - t).Item());
        }
        Assert.Equal(0, new BceLoss { Reduction = Reduction.Sum }.Forward(Tensor.From<double>(1, 0), Tensor.From<double>(1, 0)).Item());
    }

    /// <summary>Losses of outputs [3, 4, 5] and their targets.</summary>
    public static TheoryData<string> Losses => [.. s_losses.Keys];

    private static readonly Tensor s_outputs = Tensor.Uniform([3, 4, 5], new Rng(1), 0.1, 0.9, DType.Float64);
    private static readonly Tensor s_numbers = Tensor.Uniform([3, 4, 5], new Rng(2), 0.1, 0.9, DType.Float64);
    private static readonly Tensor s_classes = Tensor.From(Enumerable.Range(0, 15).Select(i => (long)(i % 4)).ToArray(), [3, 5]);

    private static readonly Dictionary<string, (Loss Loss, Tensor Target)> s_losses = new()
    {
        ["squares"] = (new MseLoss(), s_numbers),
        ["distances"] = (new L1Loss(), s_numbers),
        ["Huber"] = (new HuberLoss(), s_numbers),
        ["Bernoulli"] = (new BceLoss(), s_numbers),
        ["logits"] = (new BceWithLogitsLoss(), s_numbers),
        ["divergence"] = (new KlDivLoss(), s_numbers),
        ["classes"] = (new CrossEntropyLoss(), s_classes),
        ["shares"] = (new CrossEntropyLoss { LabelSmoothing = 0.1 }, s_numbers / s_numbers.Sum([1], keepAxes: true)),
        ["logarithms"] = (new NllLoss(), s_classes),
        ["focal"] = (new FocalLoss(), s_classes),
        ["hinge"] = (new HingeLoss(), s_classes),
        ["cosine"] = (new CosineLoss(), s_numbers),
        ["sequence"] = (new SequenceLoss(new CrossEntropyLoss { Reduction = Reduction.None }), s_classes),
    };

    [Theory, MemberData(nameof(Losses))]
    public void WhatAMaskOrAWeightLeavesOutReachesNeitherLossNorGradient(string name)
    {
        (Loss loss, Tensor target) = s_losses[name];
        bool areClasses = target.DType == DType.Int64 || name == "shares";
        int steps = areClasses ? 5 : 4;
        Tensor mask = Tensor.From(Enumerable.Range(0, 3 * steps).Select(i => i % steps <= i / steps).ToArray(), [3, steps]);
        Tensor weights = Tensor.From<double>(1, 0, 2);
        Tensor counted = mask & weights.NotEqualTo(0).Unsqueeze(1);
        counted = (areClasses ? counted.Unsqueeze(1) : counted.Unsqueeze(2)).BroadcastTo(s_outputs.Shape);
        (double Loss, double[] Gradient) plain = Of(y => loss.Forward(new MaskedTensor(y, mask), target, weights), s_outputs);
        Assert.True(double.IsFinite(plain.Loss));
        foreach (double odd in (double[])[Infinity, -Infinity, double.NaN, 1e300])
        {
            Tensor outputs = Tensor.Where(counted, s_outputs, odd);
            (double Loss, double[] Gradient) found = Of(y => loss.Forward(new MaskedTensor(y, mask), target, weights), outputs);
            Assert.Equal(plain.Loss, found.Loss);
            Assert.Equal(plain.Gradient, found.Gradient);
        }
    }

    [Fact]
    public void TheMeanOfASequenceCountsItsSteps()
    {
        Tensor mask = Tensor.From<bool>([true, true, false, false, false, false], [1, 6]);
        SequenceLoss loss = new(new L1Loss { Reduction = Reduction.None }) { Reduction = Reduction.Mean };
        Tensor ones = Tensor.Ones([1, 6], DType.Float64);
        Assert.Equal(1, loss.Forward(new MaskedTensor(ones, mask), ones * 0).Item());
    }

    [Fact]
    public void AClassOfWeightZeroCostsNothing()
    {
        Tensor z = Tensor.From<double>([-Infinity, 1, 0, 2], [2, 2]), classes = Tensor.From<long>(0, 1);
        CrossEntropyLoss loss = new() { ClassWeights = Tensor.From<double>(0, 3) };
        (double value, double[] gradient) = Of(y => loss.Forward(y, classes), z);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), value, 12);
        Assert.All(gradient, g => Assert.True(double.IsFinite(g)));
        Assert.Equal(0, gradient[0] + 0.0);
    }

    [Fact]
    public void WhatIsSaidOfAnIgnoredSampleReachesNoGradientUnderSmoothing()
    {
        Tensor y = Tensor.From(new double[,] { { 0, 1 }, { double.NaN, double.PositiveInfinity } }).Track();
        new CrossEntropyLoss { LabelSmoothing = 0.1 }.Forward(y, Tensor.From<long>(0, -100)).Backward();
        double[] gradient = y.Grad!.ToArray<double>();
        Assert.Equal(0, gradient[2]);
        Assert.Equal(0, gradient[3]);
        // softmax - target, with the target (0.95, 0.05)
        Assert.Equal(1 / (1 + Math.E) - 0.95, gradient[0], 12);
        Assert.Equal(-gradient[0], gradient[1], 12);
    }
}
