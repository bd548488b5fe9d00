using Hebb.Layers;
using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class RpropTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Rprop");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        double[] factors = item.Numbers("etas"), steps = item.Numbers("step_sizes");
        Trajectory.Check(item, new Rprop(factors[0], factors[1], steps[0], steps[1]));
    }

    [Fact]
    public void StepsGrowWhileTheSignHoldsAndRestWhenItTurns()
    {
        Parameter w = OneParameter.Filled(0, 5);
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Rprop(), 0.1);
        foreach ((double gradient, double expected) in (ReadOnlySpan<(double, double)>)[(5, -0.1), (0.1, -0.22), (-7, -0.22), (-7, -0.16)])
        {
            w.Grad = Tensor.Full([3], gradient, DType.Float64);
            optimizer.Step();
            Assert.Equal(expected, OneParameter.Value(w), 1e-12);
        }
    }

    [Fact]
    public void BadFactorsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rprop(Shrink: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rprop(Grow: 1));
    }
}
