namespace Hebb.Tests.Losses;

using Hebb.Losses;
using Hebb.Tests.Registry;

public class InformationTheoryTests
{
    private static readonly Tensor s_p = Tensor.From<double>(0.5, 0.25, 0.25), s_q = Tensor.Full([3], 1 / 3.0, DType.Float64);

    [Fact]
    public void ABitIsAFairCoin()
    {
        Assert.Equal(1.5, InformationTheory.Entropy(s_p, logBase: 2).Item(), 1e-12);
        Assert.Equal(1.584963, InformationTheory.CrossEntropy(s_p, s_q, logBase: 2).Item(), 1e-6);
        Assert.Equal(0.084963, InformationTheory.KlDivergence(s_p, s_q, logBase: 2).Item(), 1e-6);
        Assert.Equal(0.081704, InformationTheory.KlDivergence(s_q, s_p, logBase: 2).Item(), 1e-6);
        Assert.Equal(0.058892, InformationTheory.KlDivergence(s_p, s_q).Item(), 1e-6);
        Assert.Equal(0, InformationTheory.KlDivergence(s_p, s_p).Item(), 1e-15);
    }

    [Fact]
    public void WhatNeverHappensCostsNothingAndWhatIsHeldImpossibleCostsEverything()
    {
        Tensor sure = Tensor.From<double>(1, 0, 0).Track(), other = Tensor.From<double>(0.5, 0.5, 0);
        Assert.Equal(0, InformationTheory.Entropy(sure).Item());
        Assert.Equal(Math.Log(2), InformationTheory.KlDivergence(sure, other).Item(), 1e-15);
        Assert.Equal(double.PositiveInfinity, InformationTheory.KlDivergence(other, sure).Item());
        Assert.All(Gradient.Of(InformationTheory.Entropy(sure), sure).ToArray<double>(), slope => Assert.True(double.IsFinite(slope)));
        Assert.Throws<ArgumentOutOfRangeException>(() => InformationTheory.Entropy(sure, logBase: 1));
    }

    [Fact]
    public void ANormalDistributionIsComparedWithTheStandardOne()
    {
        Tensor mean = Tensor.From<double>(0, 1, -2), logVariance = Tensor.From<double>(0, 0, Math.Log(4));
        Near.Assert([0, 0.5, 0.5 * (4 + 4 - Math.Log(4) - 1)], InformationTheory.GaussianKlDivergence(mean, logVariance).ToArray<double>(),
            1e-12, "D(N(μ, σ²), N(0, 1))");
    }
}
