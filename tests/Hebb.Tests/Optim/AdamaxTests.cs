using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class AdamaxTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Adamax");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        double[] betas = item.Numbers("betas");
        Trajectory.Check(item, new Adamax(betas[0], betas[1], item.Number("eps")), new WeightDecay(item.Number("weight_decay")));
    }

    [Fact]
    public void ABetaOutsideItsRangeIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Adamax(Beta2: 1));
}
