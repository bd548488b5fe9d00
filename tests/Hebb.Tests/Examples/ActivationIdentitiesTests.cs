using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>What textbooks say of activation functions holds for ours.</summary>
public class ActivationIdentitiesTests
{
    private static readonly Tensor s_x = Tensor.Linspace(-5, 5, 101, DType.Float64);

    [Fact]
    public void TheLogisticFunctionAndTheHyperbolicTangentAreOneFamily()
    {
        Tensor x = s_x.Detach().Track(), sigma = x.Sigmoid(), tanh = x.Tanh();
        Same(Gradient.Of(sigma.Sum(), x, retainGraph: true), sigma * (1 - sigma));
        Same(Gradient.Of(tanh.Sum(), x, retainGraph: true), 1 - tanh.Square());
        Same(tanh, (x * 2).Sigmoid() * 2 - 1);
        Same(sigma, 1 - (-x).Sigmoid());
        Same((x * 2).Sigmoid(), (tanh + 1) / 2);
    }

    [Fact]
    public void SlopesAreSteepestAtZero()
    {
        Assert.Equal(0.5, Tensor.Scalar(0.0).Sigmoid().Item());
        Assert.Equal(0.25, Slope(z => z.Sigmoid(), 0));
        Assert.Equal(1, Slope(z => z.Tanh(), 0));
        Assert.All(s_x.ToArray<double>(), v => Assert.InRange(Slope(z => z.Sigmoid(), v), 0, 0.25));
    }

    [Fact]
    public void FarFromZeroTheLogisticFunctionHardlyLearns()
    {
        Near.Assert([0.993307, 0.524979, 0.982014], Tensor.From<double>(5, 0.1, 4).Sigmoid().ToArray<double>(), 1e-6, "values");
        double[] slopes = [Slope(z => z.Sigmoid(), 5), Slope(z => z.Sigmoid(), 0.1), Slope(z => z.Sigmoid(), 4)];
        Near.Assert([0.006648, 0.249376, 0.017663], slopes, 1e-6, "slopes");
        Assert.Equal(37.5, slopes[1] / slopes[0], 0.05);
        Assert.Equal(0.000177, slopes[2] * 0.01, 1e-6);
    }

    [Fact]
    public void RectifiersDifferBelowZero()
    {
        Assert.Equal(-1 + 2.1e-9, Tensor.Scalar(-20.0).Elu().Item(), 1e-9);
        Assert.Equal(-0.03, Tensor.Scalar(-3.0).LeakyRelu(0.01).Item(), 1e-9);
        Tensor alpha = Tensor.Scalar(0.25).Track();
        Tensor.From<double>(-3, 2).PRelu(alpha).Sum().Backward();
        Assert.Equal(-3, alpha.Grad!.Item());
    }

    [Fact]
    public void WhatHappensAtAKinkIsAChoice()
    {
        Assert.Equal(0, Slope(z => z.Relu(), 0));
        Assert.Equal(1, Slope(z => z.Relu(slopeAtZero: 1), 0));
        Tensor threshold = Tensor.From<double>(-1, 0, 1);
        Assert.Equal([0.0, 0, 1], threshold.Step().ToArray<double>());
        Assert.Equal([0.0, 1, 1], threshold.Step(TieRule.GreaterOrEqual).ToArray<double>());
        Assert.Equal([-1.0, -1, 1], threshold.SignStep().ToArray<double>());
        Assert.Equal([-1.0, 1, 1], threshold.SignStep(TieRule.GreaterOrEqual).ToArray<double>());
        Assert.Equal([-1.0, 0, 1], threshold.Sign().ToArray<double>());
    }

    private static double Slope(Func<Tensor, Tensor> f, double at)
    {
        Tensor z = Tensor.Scalar(at).Track();
        return Gradient.Of(f(z), z).Item();
    }

    private static void Same(Tensor a, Tensor b) =>
        Near.Assert(a.Detach().ToArray<double>(), b.Detach().ToArray<double>(), 1e-12, "identity");
}
