using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class LionTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Lion");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        double[] betas = item.Numbers("betas");
        Trajectory.Check(item, new Lion(betas[0], betas[1]), new WeightDecay(item.Number("weight_decay"), WeightDecayForm.Decoupled));
    }

    [Fact]
    public void EveryWeightMovesByTheRate()
    {
        double[] end = Quadratic.Descend(new Lion(), 0.1, [1, -2, 0], [1, 1000, 1], 1);
        Assert.Equal([0.9, -1.9, 0], end);
    }

    [Fact]
    public void ABetaOutsideItsRangeIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(Beta1: 1));
}
