using Hebb.Diagnostics;
using Hebb.Layers;

namespace Hebb.Tests.Diagnostics;

public class VarianceProbeTests
{
    [Fact]
    public void EachLayerHasALineAndTheModelStaysAsItIs()
    {
        Sequential net = [new Linear(20, 30), new BatchNorm1d(30), new Sequential(new Tanh(), new Linear(30, 4))];
        net.Eval();
        string[] before = [.. net.StateDict().Values.Select(value => value.ToString())];
        IReadOnlyList<VarianceLine> lines = VarianceProbe.Of(net, Tensor.Normal([500, 20], new Rng(1)));
        Assert.Equal(["0", "1", "2.0", "2.1"], lines.Select(line => line.Layer));
        Assert.Equal("Linear(20 → 30)", lines[0].Description);
        Assert.Equal(1, lines[1].Variance, 1e-3);
        Assert.Equal(0, lines[1].Mean, 1e-3);
        Assert.Equal(1, lines[3].GradientVariance, 0.1);
        Assert.Equal(before, net.StateDict().Values.Select(value => value.ToString()));
        Assert.False(net.IsTraining);
    }
}
