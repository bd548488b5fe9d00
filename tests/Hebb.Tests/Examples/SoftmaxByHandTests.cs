using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>Softmax and its cross-entropy on numbers small enough to check by hand.</summary>
public class SoftmaxByHandTests
{
    private static readonly double[] s_scores = [0.6, 3.4, -1.2, 0.05];

    [Fact]
    public void FourScoresBecomeProbabilitiesAndTheLargestIsTheClass()
    {
        Tensor x = Tensor.From(s_scores, [4]);
        double[] p = x.Softmax().ToArray<double>();
        Near.Assert([0.054985, 0.904203, 0.009089, 0.031723], p, 1e-6, "softmax");
        Near.Assert([0.06, 0.9, 0.009, 0.031], p, 6e-3, "softmax in print");
        Assert.Equal(1, p.Sum(), 1e-15);
        Assert.Equal(33.138684, x.Exp().Sum().Item(), 1e-6);
        Assert.Equal([0.0, 1, 0, 0], x.Hardmax().ToArray<double>());
    }

    [Fact]
    public void AShiftChangesNothingAndThousandsDoNotOverflow()
    {
        Tensor small = Tensor.From<double>(0, 1, 2), large = small + 1000;
        Near.Assert([0.09003057, 0.24472847, 0.66524096], large.Softmax().ToArray<double>(), 1e-8, "softmax");
        Near.Assert(small.Softmax().ToArray<double>(), large.Softmax().ToArray<double>(), 1e-15, "shifted");
        Assert.Equal(1002.407606, large.LogSumExp().Item(), 1e-6);
        Assert.Equal(-0.40760596, large.LogSoftmax()[2].Item(), 1e-8);
    }

    [Fact]
    public void TheGradientOfTheCrossEntropyIsProbabilityMinusTarget()
    {
        Tensor x = Tensor.From(s_scores, [1, 4]).Track();
        Tensor loss = x.SoftmaxCrossEntropy(Tensor.From<long>(1)).Sum();
        Assert.Equal(0.100701, loss.Item(), 1e-6);
        loss.Backward();
        Near.Assert([0.054985, -0.095797, 0.009089, 0.031723], x.Grad!.ToArray<double>(), 1e-6, "gradient");
    }

    [Fact]
    public void TheJacobianOfSoftmaxIsNotDiagonal()
    {
        Tensor x = Tensor.From(s_scores, [4]).Track();
        Tensor p = x.Softmax();
        double[] first = Gradient.Of(p[0], x).ToArray<double>();
        Assert.Equal(0.051961, first[0], 1e-6);
        Assert.Equal(-0.049717, first[1], 1e-6);
        // Multiplying factor by factor, as if the Jacobian were diagonal, gives something else.
        Tensor q = p.Detach();
        Near.Assert([0.002857, -0.008298, 0.000082, 0.000974], (q * (1 - q) * (q - Tensor.From<double>(0, 1, 0, 0))).ToArray<double>(),
            1e-6, "factor by factor");
    }

    [Fact]
    public void TheLossOfAClassIsTheLogarithmOfItsProbability()
    {
        Tensor y = Tensor.From<double>(0.2, 0.1, 0.4, 0.3);
        Near.Assert([1.609438, 2.302585, 0.916291, 1.203973], (-y.Log()).ToArray<double>(), 1e-6, "losses");
        double entropy = -(y * y.Log()).Sum().Item();
        Assert.Equal(1.279854, entropy, 1e-6);
        Assert.Equal(1.846439, entropy / Math.Log(2), 1e-6);
    }

    [Fact]
    public void LogarithmsOfProbabilitiesExponentiateToProbabilities()
    {
        Tensor rows = Tensor.From(new[,] { { -0.9371, -0.9805, -1.4561 }, { -5.1984, -0.0158, -4.5924 } });
        Near.Assert([1.00003, 0.99998], rows.Exp().Sum(1).ToArray<double>(), 1e-4, "sums");
        Near.Assert([0.0055, 0.9843, 0.0101], rows[1].Exp().ToArray<double>(), 1e-4, "second row");
        Near.Assert(rows.ToArray<double>(), rows.LogSoftmax().ToArray<double>(), 1e-4, "already normalized");
    }

    [Theory, InlineData(0.7), InlineData(-3), InlineData(0), InlineData(40), InlineData(-800)]
    public void ASingleLogitIsASoftmaxAgainstZero(double z)
    {
        Tensor pair = Tensor.From(new[,] { { z, 0 } }), logit = Tensor.From(z);
        Assert.Equal(pair.Softmax()[0, 0].Item(), logit.Sigmoid().Item(), 1e-12);
        Assert.Equal(pair.SoftmaxCrossEntropy(Tensor.From<long>(0)).Item(), logit.BceWithLogits(Tensor.From(1.0)).Item(), 1e-12);
        Assert.Equal(pair.SoftmaxCrossEntropy(Tensor.From<long>(1)).Item(), logit.BceWithLogits(Tensor.From(0.0)).Item(), 1e-12);
        if (z != 0.7) return;
        Assert.Equal(0.668188, logit.Sigmoid().Item(), 1e-6);
        Assert.Equal(0.403186, logit.BceWithLogits(Tensor.From(1.0)).Item(), 1e-6);
    }
}
