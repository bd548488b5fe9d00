namespace Hebb.Tests.Losses;

using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

public class PenaltyTests
{
    private static Linear Net()
    {
        Linear net = new(2, 1);
        net.LoadStateDict(
            new Dictionary<string, Tensor> { ["weight"] = Tensor.From<float>([3, -4], [1, 2]), ["bias"] = Tensor.From<float>(2) });
        return net;
    }

    [Fact]
    public void WeightsCountAndBiasesOnlyIfAskedFor()
    {
        Linear net = Net();
        Assert.Equal(0.1 * 25 / 2, new Penalty(L2: 0.1).Of(net).Item(), 1e-6);
        Assert.Equal(0.1 * 29 / 2, new Penalty(L2: 0.1) { IncludesBiases = true }.Of(net).Item(), 1e-6);
        Assert.Equal(0.5 * 7 + 0.1 * 25, Penalty.ElasticNet(0.5, 0.1).Of(net).Item(), 1e-6);
        Assert.Equal(0, new Penalty().Of(net.To(DType.Float64)).Item());
    }

    [Fact]
    public void TheRiskCanBeReadInParts()
    {
        Linear net = Net();
        Risk risk = new Penalty(L2: 2).With(net, Tensor.Scalar(1.5f));
        Assert.Equal((1.5, 25.0, 26.5), (risk.Loss.Item(), risk.Penalty.Item(), risk.Total.Item()));
    }

    [Fact]
    public void AddedToTheLossItDoesWhatTheHookDoes()
    {
        Linear penalized = Net(), hooked = Net();
        new Penalty(L2: 0.1).Of(penalized).Backward();
        hooked.Weight.Grad = Tensor.Zeros([1, 2]);
        new Optimizer(penalized, new Sgd(), 0.5).Step();
        new Optimizer(hooked, new Sgd(), 0.5) { Hooks = { new WeightDecay(0.1) } }.Step();
        Assert.Equal(hooked.Weight.Detach().ToArray<float>(), penalized.Weight.Detach().ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Penalty(L1: -1));
    }
}
