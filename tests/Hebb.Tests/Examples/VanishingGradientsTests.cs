using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>A chain of single logistic nodes, zₖ₊₁ = w σ(zₖ) + b: what each node's slope does to the gradient on its way back.</summary>
public class VanishingGradientsTests
{
    /// <summary>The nodes' drives z1 to z5 and the gradients of z5 by them.</summary>
    private static (double[] Drives, double[] Gradients) Chain(double weight, double bias)
    {
        Tensor[] z = new Tensor[5];
        z[0] = Tensor.Scalar(0.0).Track();
        for (int i = 1; i < 5; i++) z[i] = z[i - 1].Sigmoid() * weight + bias;
        return ([.. z.Select(node => node.Detach().Item())], [.. Gradient.Of(z[4], z).Select(g => g.Item())]);
    }

    [Fact]
    public void WithWeightsOfOneEachLayerTakesThreeQuartersOrMore()
    {
        double[] factors = Chain(1, 0).Gradients;
        Near.Assert([0.003008, 0.012033, 0.051201, 0.225293, 1], factors, 1e-6, "dz5/dzk");
        for (int i = 1; i < 5; i++) Assert.True(factors[i - 1] <= factors[i] / 4);
    }

    [Fact]
    public void WithWeightsOfEightEachLayerDoubles()
    {
        (double[] drives, double[] gradients) = Chain(8, -4);
        Assert.All(drives, drive => Assert.Equal(0, drive));
        Assert.Equal([16.0, 8, 4, 2, 1], gradients);
    }

    [Fact]
    public void TheSignalStartsWithOutputMinusTargetAndIsMultipliedByWeightAndSlope()
    {
        Tensor z4 = Tensor.Scalar(0.3).Track(), w4 = Tensor.Scalar(-1.7), t = Tensor.Scalar(1.0);
        Tensor z5 = z4.Sigmoid() * w4 + 0.2;
        Tensor[] found = Gradient.Of(z5.BceWithLogits(t), [z5, z4]);
        double y = z5.Detach().Sigmoid().Item(), h = z4.Detach().Sigmoid().Item();
        Assert.Equal(y - 1, found[0].Item(), 1e-12);
        Assert.Equal((y - 1) * -1.7 * h * (1 - h), found[1].Item(), 1e-12);
    }
}
