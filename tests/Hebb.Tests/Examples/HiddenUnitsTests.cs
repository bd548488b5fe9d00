namespace Hebb.Tests.Examples;

using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

/// <summary>Hidden units are interchangeable: their order does not matter, and units that start equal stay equal.</summary>
public class HiddenUnitsTests
{
    private static readonly Tensor s_x = Initializer.Normal().Draw([20, 3], DType.Float64, new Rng(1, RngStreams.Data));
    private static readonly Tensor s_t = Initializer.Normal().Draw([20, 2], DType.Float64, new Rng(2, RngStreams.Data));

    [Fact]
    public void ChangingPlacesLeavesTheFunctionAsItIs()
    {
        Sequential net = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2)).To(DType.Float64);
        double before = new MseLoss().Forward(net.Forward(s_x), s_t).Item();
        Tensor order = Tensor.From<long>(3, 0, 4, 1, 2);
        Dictionary<string, Tensor> state = net.StateDict().ToDictionary(pair => pair.Key, pair => pair.Value);
        state["0.weight"] = state["0.weight"].Take(order);
        state["0.bias"] = state["0.bias"].Take(order);
        state["2.weight"] = state["2.weight"].Take(order, axis: 1);
        Sequential permuted = net.Clone();
        permuted.LoadStateDict(state);
        Assert.NotEqual(((Linear)net[0]).Bias!.Detach().ToArray<double>(), ((Linear)permuted[0]).Bias!.Detach().ToArray<double>());
        Assert.Equal(before, new MseLoss().Forward(permuted.Forward(s_x), s_t).Item(), 1e-12);
    }

    [Fact]
    public void AConstantStartNeverTellsUnitsApart()
    {
        Assert.Equal(1, DistinctUnits(Initializer.Constant(0.3)));
        Assert.Equal(5, DistinctUnits(Initializer.Normal(std: 0.1)));
    }

    private static int DistinctUnits(IInitializer start)
    {
        Sequential net = [new Linear(3, 5, start: start), new Tanh(), new Linear(5, 2, start: start)];
        net.To(DType.Float64);
        Optimizer optimizer = new(net, new Sgd(0.9), 0.1);
        for (int step = 0; step < 50; step++)
        {
            new MseLoss().Forward(net.Forward(s_x), s_t).Backward();
            optimizer.Step();
            optimizer.ZeroGrad();
        }
        double[] weights = ((Linear)net[0]).Weight.Detach().ToArray<double>();
        return weights.Chunk(3).Select(unit => string.Join(' ', unit)).Distinct().Count();
    }
}
