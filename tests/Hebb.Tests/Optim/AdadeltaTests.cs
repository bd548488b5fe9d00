using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class AdadeltaTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Adadelta");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        Trajectory.Check(item, new Adadelta(item.Number("rho"), item.Number("eps")), new WeightDecay(item.Number("weight_decay")));
    }

    [Fact]
    public void ADecayOutsideItsRangeIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Adadelta(1));
}
