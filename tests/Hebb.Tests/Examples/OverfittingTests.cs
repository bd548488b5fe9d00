using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Examples;

/// <summary>
/// A network of 63,501 parameters and six noisy points of f(x) = 0.4 + 0.5 exp(-((x - 0.55) / 0.25)²), learned by heart: what decay of
/// weights, more data and dropout do about it. The noise has the variance 0.01, below which no test loss gets.
/// </summary>
public class OverfittingTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void SixPointsAreLearnedByHeart(ulong seed)
    {
        Sequential net = Net(seed);
        Assert.Equal(63_501, net.ParameterCount);
        (double train, double test) = Train(net, points: 6, epochs: 2000, seed);
        Assert.InRange(train, 0, 1e-3);
        Assert.InRange(test / train, 30, double.PositiveInfinity);
    }

    [Fact]
    public void DecayMakesTheWeightsSmall()
    {
        Sequential free = Net(3), decayed = Net(3);
        // The start values alone, a third of 1/fan-in for every weight and bias, have 250.7 on average with a deviation of 6.7.
        double start = SquaredNorm(free);
        Assert.InRange(start, 230, 271);
        Train(free, 6, 2000, 3);
        Train(decayed, 6, 2000, 3, new WeightDecay(0.01) { IncludesBiases = true });
        Assert.InRange(SquaredNorm(free), start, start + 15);
        Assert.InRange(SquaredNorm(free) / SquaredNorm(decayed), 5, double.PositiveInfinity);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void MorePointsHelp(ulong seed)
    {
        double few = Train(Net(seed), 6, 2000, seed).Test, many = Train(Net(seed), 300, 500, seed).Test;
        double floor = NoiseOf(300, seed + 1000);
        Assert.InRange(many, floor * 0.9, floor * 1.25);
        Assert.True(many < few);
    }

    [Fact]
    public void DropoutKeepsTheNetworkFromTheNoise()
    {
        (double train, double test) = Train(Net(4, drop: 0.5), 6, 2000, 4);
        double heart = Train(Net(4), 6, 2000, 4).Train;
        Assert.True(train > 3 * heart, $"{train} against {heart}");
        Assert.InRange(test, 0, 0.03);
    }

    private static Sequential Net(ulong seed, double drop = 0)
    {
        Sequential net = [new Linear(1, 250), new Relu(), new Linear(250, 250), new Relu(), new Dropout(drop), new Linear(250, 1)];
        net.Initialize(seed);
        return net;
    }

    private static double SquaredNorm(Module net) => net.Parameters().Sum(parameter => parameter.Detach().Square().Sum().Item());

    private static (double Train, double Test) Train(Sequential net, int points, int epochs, ulong seed, params IUpdateHook[] hooks)
    {
        (Tensor x, Tensor t) = Points(points, seed);
        (Tensor testX, Tensor testT) = Points(300, seed + 1000);
        MseLoss loss = new();
        Optimizer optimizer = new(net, new Sgd(0.9), 0.02);
        optimizer.Hooks.AddRange(hooks);
        CompiledStep step = Compiled.Step(net, optimizer, loss.Forward);
        for (int epoch = 0; epoch < epochs; epoch++) step.Run(x, t);
        net.Eval();
        using (new NoGrad()) return (loss.Forward(net.Forward(x), t).Item(), loss.Forward(net.Forward(testX), testT).Item());
    }

    /// <summary>The mean squared noise of some points.</summary>
    private static double NoiseOf(int count, ulong seed) =>
        (Points(count, seed).T - Points(count, seed, noise: 0).T).Square().Mean().Item();

    private static (Tensor X, Tensor T) Points(int count, ulong seed, double noise = 0.1)
    {
        Batch batch = new DataLoader(Synthetic.Dose(count, seed, noise), count).Epoch(0).Single();
        return (batch.Input, batch.Target);
    }
}
