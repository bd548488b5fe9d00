using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Tests.Losses;

public class LossValueTests
{
    private static readonly Tensor s_output = Tensor.From<double>([1, 2, 3, 4, 5, 6], [2, 3]),
        s_target = Tensor.Zeros([2, 3], DType.Float64);

    [Fact]
    public void MasksAndWeightsOfSamplesCountInEveryReduction()
    {
        MaskedTensor masked = new(s_output, Tensor.From([true, true, false, true, false, false], [2, 3]));
        Tensor weights = Tensor.From<double>(2, 1);
        static MseLoss Loss(Reduction reduction) => new() { Reduction = reduction };
        Assert.Equal([1.0, 4, 0, 16, 0, 0], Loss(Reduction.None).Forward(masked, s_target).ToArray<double>());
        Assert.Equal(21, Loss(Reduction.Sum).Forward(masked, s_target).Item());
        Assert.Equal(7, Loss(Reduction.Mean).Forward(masked, s_target).Item());
        Assert.Equal(10.5, Loss(Reduction.MeanOverSamples).Forward(masked, s_target).Item());
        Assert.Equal(26, Loss(Reduction.Sum).Forward(masked, s_target, weights).Item());
        Assert.Equal(26 / 5.0, Loss(Reduction.Mean).Forward(masked, s_target, weights).Item(), 1e-14);
        Assert.Equal(26 / 3.0, Loss(Reduction.MeanOverSamples).Forward(masked, s_target, weights).Item(), 1e-14);
        Assert.Equal((2 * 14 + 77) / 9.0, Loss(Reduction.Mean).Forward(s_output, s_target, weights).Item(), 1e-14);
    }

    [Fact]
    public void ClassWeightsMasksAndIgnoredTargetsDivideTogether()
    {
        Tensor scores = Tensor.Zeros([2, 2, 3], DType.Float64), classes = Tensor.From<long>([0, 1, 0, 1, -100, 1], [2, 3]);
        MaskedTensor masked = new(scores.Permute(0, 2, 1).Reshape(2, 2, 3), null);
        CrossEntropyLoss loss = new() { ClassWeights = Tensor.From<double>(1, 3) };
        Assert.Equal(Math.Log(2), loss.Forward(masked, classes).Item(), 1e-14);
        Assert.Equal(11 * Math.Log(2),
            ((CrossEntropyLoss)new() { ClassWeights = Tensor.From<double>(1, 3), Reduction = Reduction.Sum }).Forward(masked, classes)
                .Item(),
            1e-13);
        LossPart part = loss.Measure(masked, classes, Tensor.From<double>(1, 2)).Parts().Single();
        Assert.Equal(1 + 3 + 1 + 2 * (3 + 3), part.Divisor!.Item());
    }

    [Fact]
    public void LossesAddUp()
    {
        LossValue sum = new MseLoss().Measure(s_output, s_target)
            + 0.5 * new L1Loss { Reduction = Reduction.Sum }.Measure(s_output, s_target);
        Assert.Equal(45.5 + 0.5 * 21, sum.Value.Item());
        Assert.Equal(2 * 56, (2 * sum).Value.Item());
        Assert.Equal(3, LossValue.OfMean(Tensor.Scalar(3.0)).Value.Item());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => new L1Loss { Reduction = Reduction.None }.Measure(s_output, s_target));
        Assert.Throws<ShapeException>(() => new L1Loss().Forward(s_output, s_target, Tensor.Ones([3], DType.Float64)));
        ShapeException error = Assert.Throws<ShapeException>(
            () => new L1Loss().Forward(new MaskedTensor(s_output, Tensor.Ones([2, 2], DType.Bool)), s_target));
        Assert.StartsWith("L1Loss", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Every second element counts, and twice.</summary>
    private sealed class Halved : Loss
    {
        protected internal override LossElements Elements(Tensor output, Tensor target)
        {
            Tensor counts = Tensor.From<double>([2, 0, 2, 0, 2, 0], [2, 3]);
            return new LossElements((output - target) * counts, counts);
        }
    }

    [Fact]
    public void ALossOfYourOwnSaysWhatElementsCount()
    {
        Assert.Equal((1 + 3 + 5) / 3.0, new Halved().Forward(s_output, s_target).Item(), 1e-14);
        Assert.Equal((1 + 3 + 0) / 2.0, new Halved().Forward(
            new MaskedTensor(s_output, Tensor.From([true, true, true, true, false, true], [2, 3])), s_target).Item(), 1e-14);
    }
}
