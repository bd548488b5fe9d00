using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class L1PenaltyTests
{
    [Fact]
    public void TheProximalPenaltyGivesExactZeros()
    {
        Assert.Equal(0.0, OneParameter.After(OneParameter.Filled(0.2, 1), new L1Penalty(2)));
        Assert.Equal(0.2, OneParameter.After(OneParameter.Filled(0.5, 1), new L1Penalty(2)), 1e-15);
        Assert.Equal(-0.4, OneParameter.After(OneParameter.Filled(-0.5, 1), new L1Penalty(2)), 1e-15);
        Assert.Equal(0.4, OneParameter.After(OneParameter.Filled(0.5, 1, isDecayed: false), new L1Penalty(2)), 1e-15);
    }

    [Fact]
    public void TheSubgradientOfThePenaltyIsZeroAtZero()
    {
        L1Penalty penalty = new(2) { IsSubgradient = true };
        Assert.Equal(0.0, OneParameter.After(OneParameter.Filled(0, 0), penalty));
        Assert.Equal(-0.2 - 0.1 + 1, OneParameter.After(OneParameter.Filled(1, 1), penalty), 1e-15);
        Assert.Equal(0.2 - 0.1 - 1, OneParameter.After(OneParameter.Filled(-1, 1), penalty), 1e-15);
    }
}
