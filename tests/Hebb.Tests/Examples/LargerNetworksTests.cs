namespace Hebb.Tests.Examples;

using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

/// <summary>Why a network that is too big is preferred to one that is just big enough: it hardly matters where it starts.</summary>
public class LargerNetworksTests
{
    [Fact]
    public void TheFinalLossSpreadsLessOverStartsWithMoreUnits()
    {
        double small = Spread(units: 2), large = Spread(units: 16);
        Assert.True(small > 10 * large, $"{small} with 2 units, {large} with 16");
    }

    /// <summary>The standard deviation of the loss on exclusive or after training from ten starts.</summary>
    private static double Spread(int units)
    {
        Tensor x = Tensor.From<float>([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), t = Tensor.From<float>([0, 1, 1, 0], [4, 1]);
        BceWithLogitsLoss loss = new();
        List<double> losses = [];
        for (ulong seed = 0; seed < 10; seed++)
        {
            Sequential net = [new Linear(2, units), new Tanh(), new Linear(units, 1)];
            net.Initialize(seed);
            Optimizer optimizer = new(net, new Sgd(0.9), 0.2);
            for (int i = 0; i < 300; i++)
            {
                optimizer.ZeroGrad();
                loss.Forward(net.Forward(x), t).Backward();
                optimizer.Step();
            }
            losses.Add(loss.Forward(net.Forward(x), t).Item());
        }
        double mean = losses.Average();
        return Math.Sqrt(losses.Average(value => (value - mean) * (value - mean)));
    }
}
