using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class ReadyOptimizersTests
{
    [Fact]
    public void EveryNamedRuleLearnsAtItsRate()
    {
        Tensor x = Tensor.Normal([64, 3], new Rng(1)), t = x.Narrow(1, 0, 1) - x.Narrow(1, 1, 1);
        foreach (string name in ReadyOptimizers.Names)
        {
            Linear net = new(3, 1);
            Optimizer optimizer = ReadyOptimizers.Make(name, net);
            double Loss() => (net.Forward(x) - t).Square().Mean().Item();
            double before = Loss();
            for (int i = 0; i < 100; i++)
            {
                optimizer.ZeroGrad();
                (net.Forward(x) - t).Square().Mean().Backward();
                optimizer.Step();
            }
            Assert.True(Loss() < 0.98 * before, $"{name}: {before} → {Loss()}");
        }
    }

    [Fact]
    public void AnUnknownRuleIsRefusedWithTheNames() =>
        Assert.Contains("lion", Assert.Throws<ArgumentException>(() => ReadyOptimizers.DefaultLearningRate("newton")).Message,
            StringComparison.Ordinal);
}
