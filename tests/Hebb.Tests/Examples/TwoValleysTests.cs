using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Examples;

/// <summary>
/// E = (x² - 1)² / 4 - 0.15 x from x = -2 at rate 0.05: momentum carries the point over the barrier at -0.153626 into the deeper valley.
/// </summary>
public class TwoValleysTests
{
    [Theory, InlineData(0, -0.914297, 0.143874), InlineData(0.5, -0.914297, 0.143874), InlineData(0.8, 1.067923, -0.155256),
        InlineData(0.9, 1.067923, -0.155256)]
    public void EnoughMomentumReachesTheDeeperValley(double momentum, double place, double height)
    {
        Parameter x = new(Tensor.Scalar(-2.0));
        Optimizer optimizer = new([new ParameterGroup([("x", x)])], new Sgd(momentum), 0.05);
        for (int i = 0; i < 2000; i++)
        {
            optimizer.ZeroGrad();
            Energy(x).Backward();
            optimizer.Step();
        }
        Assert.Equal(place, x.Detach().Item(), 1e-5);
        Assert.Equal(height, Energy(x.Detach()).Item(), 1e-5);
    }

    private static Tensor Energy(Tensor x) => (x.Square() - 1).Square() / 4 - x * 0.15;
}
