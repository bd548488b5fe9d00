using Hebb.Layers;
using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class SgdTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Sgd");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        Sgd rule = new(item.Number("momentum")) { Dampening = item.Number("dampening"), IsNesterov = item.Flag("nesterov") };
        Trajectory.Check(item, rule, new WeightDecay(item.Number("weight_decay")));
    }

    [Fact]
    public void WithoutMomentumThereIsNothingToDampen() => Assert.Equal(
        Quadratic.Descend(new Sgd(), 0.05, [1, -3], [1, 7], 5), Quadratic.Descend(new Sgd { Dampening = 0.5 }, 0.05, [1, -3], [1, 7], 5));

    [Fact]
    public void FormsOfMomentumConvertToThePlainOne()
    {
        foreach (Sgd rule in (Sgd[])[Sgd.WithLearningRateInside(0.8), Sgd.WithFriction(0.2, 0.5), Sgd.Averaged(0.8),
            Sgd.Averaged(0.8) with { IsNesterov = true }])
        {
            (Sgd plain, double learningRate) = rule.Plain(0.05);
            double[] one = Quadratic.Descend(rule, 0.05, [1, -3], [1, 7], 20),
                other = Quadratic.Descend(plain, learningRate, [1, -3], [1, 7], 20);
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
        Assert.Throws<InvalidOperationException>(() => new Sgd(0.5) { Dampening = 0.5 }.Plain(0.1));
    }

    [Fact]
    public void ARateInsideTheVelocityLagsBehindAFallingRate()
    {
        double[] Fall(Sgd rule)
        {
            Quadratic bowl = new([1], [1]);
            Optimizer optimizer = new([bowl.Group], rule, 0.1);
            bowl.Step(optimizer);
            optimizer.LearningRate = 0;
            bowl.Step(optimizer);
            return bowl.Values;
        }
        Assert.Equal(0.9, Fall(new Sgd(0.9))[0], 1e-15);
        Assert.Equal(0.81, Fall(Sgd.WithLearningRateInside(0.9))[0], 1e-15);
    }

    [Fact]
    public void TheExplicitEulerStepIsOneBehind()
    {
        Sgd rule = Sgd.WithFriction(0.1, 0.5) with { MovesByOldVelocity = true };
        Assert.Equal([1.0], Quadratic.Descend(rule, 0.5, [1], [1], 1));
        Assert.Equal(0.75, Quadratic.Descend(rule, 0.5, [1], [1], 2)[0], 1e-15);
    }

    [Theory, InlineData(-0.1), InlineData(1), InlineData(double.NaN)]
    public void AMomentumOutsideItsRangeIsRefused(double momentum) =>
        Assert.Contains(
            "0 to below 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(momentum)).Message, StringComparison.Ordinal);
}
