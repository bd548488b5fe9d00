using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class WeightDecayTests
{
    [Fact]
    public void DecayReachesWeightsOnlyUnlessAskedFor()
    {
        Assert.Equal(0.9 - 0.1 * 0.5, OneParameter.After(OneParameter.Filled(1, 1), new WeightDecay(0.5)), 1e-15);
        Assert.Equal(0.9, OneParameter.After(OneParameter.Filled(1, 1, isDecayed: false), new WeightDecay(0.5)), 1e-15);
        Assert.Equal(0.85, OneParameter.After(OneParameter.Filled(1, 1, isDecayed: false), new WeightDecay(0.5) { IncludesBiases = true }),
            1e-15);
    }

    [Fact]
    public void DecayHasThreeFormsAndOneConvention()
    {
        Assert.Equal(0.85, OneParameter.After(OneParameter.Filled(1, 1), new WeightDecay(0.5, WeightDecayForm.Decoupled)), 1e-15);
        Assert.Equal(0.4, OneParameter.After(OneParameter.Filled(1, 1), new WeightDecay(0.5, WeightDecayForm.PerStep)), 1e-15);
        Assert.Equal(new WeightDecay(0.5), WeightDecay.WithoutHalf(0.25));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightDecay(-1));
    }
}
