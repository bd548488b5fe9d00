using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class RmsPropTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "RmsProp");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        RmsProp rule = new(
            item.Number("alpha"), item.Number("eps"))
        { Momentum = item.Number("momentum"), IsCentered = item.Flag("centered") };
        Trajectory.Check(item, rule, new WeightDecay(item.Number("weight_decay")));
    }

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp { Momentum = 1 });
    }
}
