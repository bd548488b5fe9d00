using Hebb.Layers;
using Hebb.Optim;
using Hebb.Tests.Optim;

namespace Hebb.Tests.Examples;

/// <summary>E = w² / 2 from w = 1 at rate 0.1.</summary>
public class ThreeStepsOnAParabolaTests
{
    private static void Walks(IUpdateRule rule, params double[] expected)
    {
        Quadratic bowl = new([1], [1]);
        Optimizer optimizer = new([bowl.Group], rule, 0.1);
        foreach (double w in expected)
        {
            bowl.Step(optimizer);
            Assert.Equal(w, bowl.Values[0], 1e-6);
        }
    }

    [Fact]
    public void HeavyBall() => Walks(new Sgd(0.9), 0.9, 0.72, 0.486);

    [Fact]
    public void Nesterov() => Walks(new Sgd(0.9) { IsNesterov = true }, 0.81, 0.5751, 0.327321);

    [Fact]
    public void Adam() => Walks(new Adam(), 0.9, 0.800412, 0.701586);

    /// <summary>
    /// The form of books, with the gradient at w + m dw, against the points that the optimizer's form passes before its look-ahead.
    /// </summary>
    [Fact]
    public void NesterovBeforeItsLookAhead()
    {
        Sgd rule = new(0.9) { IsNesterov = true };
        Quadratic bowl = new([1], [1]);
        Optimizer optimizer = new([bowl.Group], rule, 0.1);
        double w = 1, dw = 0;
        foreach (double expected in (double[])[0.9, 0.729, 0.51759])
        {
            dw = 0.9 * dw - 0.1 * (w + 0.9 * dw);
            w += dw;
            bowl.Step(optimizer);
            Parameter kept = bowl.Weight;
            Assert.Equal(expected, w, 1e-12);
            Assert.Equal(expected, rule.BeforeLookAhead(kept.Detach(), optimizer.StateDict()["w.momentum_buffer"], 0.1).Item(), 1e-12);
        }
    }
}
