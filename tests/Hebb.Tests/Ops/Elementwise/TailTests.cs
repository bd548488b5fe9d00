using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Tests.Ops.Elementwise;

/// <summary>Values where a formula that is written down carelessly loses all its digits; the right ones are from mpmath.</summary>
public class TailTests
{
    [Fact]
    public void HardFunctionsStartAndEndExactly()
    {
        Tensor x = Tensor.From(-3f, MathF.BitIncrement(-3), -2.999f, 0, MathF.BitDecrement(3), 3, MathF.BitIncrement(3)).Track();
        float[] y = new HardSigmoid().Forward(x).Detach().ToArray<float>();
        Assert.Equal([0, 2.3841858e-7f / 6, (-2.999f + 3) / 6, 0.5f, (MathF.BitDecrement(3) + 3) / 6, 1, 1], y);
        Tensor z = new HardSwish().Forward(x);
        Assert.Equal(-2.999f * y[2], z.Detach().ToArray<float>()[2]);
        Assert.Equal([-0.5f, 1.5f, 1], Pick(Gradient.Of(z.Sum(), x), 0, 5, 6));
    }

    [Fact]
    public void GeluKeepsItsTail()
    {
        Tensor x = Tensor.From(-12f, -6, -4).Track();
        Tensor y = x.Gelu();
        Near([-2.13177853449e-32, -5.91952587e-9, -1.26684967e-4], y);
        Near([-2.55789566e-31, -3.54687095e-8, -5.03649661e-4], Gradient.Of(y.Sum(), x));
    }

    [Fact]
    public void ACertaintyStillHasALossAndAGradient()
    {
        // ln(1 + e⁻²⁰), and σ(-20)
        Tensor scores = Tensor.From<float>([20, 0], [1, 2]).Track(), logit = Tensor.From(20f).Track(), one = Tensor.From(1f);
        Tensor loss = new CrossEntropyLoss().Forward(scores, Tensor.From<long>(0));
        Near([2.0611536e-9], loss);
        Near([-2.0611536e-9, 2.0611536e-9], Gradient.Of(loss, scores));
        Near([-2.0611536e-9], Gradient.Of(new BceWithLogitsLoss().Forward(logit, one), logit));
        Near([-2.0611536e-9, -20], scores.LogSoftmax(1));
        Near([2.0611536e-9], (scores - 20).LogSumExp(1));
        // (1 - p)² (-ln p)
        Near([2.0611536e-9 * 2.0611536e-9 * 2.0611536e-9], new FocalLoss().Forward(scores, Tensor.From<long>(0)));
    }

    [Fact]
    public void LongRowsKeepACertaintyToo()
    {
        // A class beside 999 of e⁻²⁰, a row along the lanes: ln(1 + 999 e⁻²⁰).
        Tensor scores = Tensor.From<float>([20, .. new float[999]], [1, 1000]).Track();
        Tensor loss = new CrossEntropyLoss().Forward(scores, Tensor.From<long>(0));
        Near([2.0590903e-6], loss);
        Near([-2.0590882e-6], Gradient.Of(loss, scores).Narrow(1, 0, 1));
    }

    [Fact]
    public void ADistributionNextToTheStandardNormalIsStillApart()
    {
        // (e^v - 1 - v) / 2 = v²/4 + v³/12, and μ²/2
        Tensor v = Tensor.From(1e-4f), zero = Tensor.From(0f), mean = Tensor.From(1e-6f);
        Near([2.50008333e-9], InformationTheory.GaussianKlDivergence(zero, v));
        Near([5e-13], InformationTheory.GaussianKlDivergence(mean, zero));
    }

    [Fact]
    public void SlopesFarOutAreThatOfTheFunction()
    {
        // e⁻²⁰, 1 / 1001², and 1 - y² two steps of a float below 1
        Tensor x = Tensor.From(-20f).Track(), far = Tensor.From(1000f).Track();
        Near([2.0611536e-9], Gradient.Of(x.Expm1(), x));
        Near([9.98002996e-7], Gradient.Of(far.Softsign(), far));
        Tensor y = Tensor.From(0.99999988f), slope = Tensor.From(1f).Apply(new Hebb.Ops.TanhGrad(), y);
        Near([2.3841856e-7], slope);
    }

    private static float[] Pick(Tensor x, params int[] at) => [.. at.Select(i => x.ToArray<float>()[i])];

    private static void Near(double[] right, Tensor y) =>
        Assert.All(right.Zip(y.Detach().ToArray<float>()), pair => Assert.Equal(1, pair.Second / pair.First, 1e-6));
}
