using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class AdagradTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Adagrad");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        Adagrad rule = new(item.Number("lr_decay"), item.Number("initial_accumulator_value"), item.Number("eps"));
        Trajectory.Check(item, rule, new WeightDecay(item.Number("weight_decay")));
    }

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(LearningRateDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(StartSquare: -1));
    }
}
