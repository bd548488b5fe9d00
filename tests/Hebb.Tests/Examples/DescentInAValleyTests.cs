using Hebb.Optim;
using Hebb.Tests.Optim;

namespace Hebb.Tests.Examples;

/// <summary>E = (x² + 25 y²) / 2 from (1, 1): a valley whose sides are 25 times as steep as its floor.</summary>
public class DescentInAValleyTests
{
    private static double[] Walk(Sgd rule, double learningRate, int steps) => Quadratic.Descend(rule, learningRate, [1, 1], [1, 25], steps);

    [Fact]
    public void FourWaysToWriteMomentumWalkOnePath()
    {
        (Sgd Rule, double LearningRate)[] forms =
        [
            (Sgd.WithLearningRateInside(0.9), 0.02),          // dw ← -lr g + m dw; w ← w + dw
            (Sgd.WithFriction(0.1, gain: 0.5), 0.04), // V ← (1 - r) V + η g; w ← w - κ V
            (new Sgd(0.9), 0.02),                     // V ← β V + g; w ← w - κ V
            (Sgd.Averaged(0.9), 0.2),                 // V ← β V + (1 - β) g; w ← w - κ V
        ];
        foreach ((Sgd rule, double learningRate) in forms)
        {
            double[] end = Walk(rule, learningRate, 10);
            Assert.Equal(0.307120, end[0], 1e-6);
            Assert.Equal(0.087725, end[1], 1e-6);
        }
    }

    /// <summary>With the sign of the gradient turned round, w ← w + lr g + m dw, which is descent on the valley turned over.</summary>
    [Fact]
    public void UphillMomentumRunsAway()
    {
        double[] end = Quadratic.Descend(Sgd.WithLearningRateInside(0.9), 0.02, [1, 1], [-1, -25], 10);
        Assert.Equal(1.98, end[0], 0.01);
        Assert.Equal(517.7, end[1], 0.1);
    }

    [Fact]
    public void PlainDescentIsStableBelowTwoOverTheLargestCurvature()
    {
        Assert.Equal(0.0795, Walk(new Sgd(), 0.079, 100)[1], 1e-3);
        Assert.Equal(11.81, Walk(new Sgd(), 0.081, 100)[1], 5e-3);
    }
}
