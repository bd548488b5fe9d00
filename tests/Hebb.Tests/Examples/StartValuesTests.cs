using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Tests.Examples;

/// <summary>What start values do: five linear layers of 100 units, fed with numbers of variance 1.</summary>
public class StartValuesTests
{
    [Fact]
    public void AHundredInputsAndOutputsWantAStandardDeviationOfATenth()
    {
        foreach (IInitializer start in (IInitializer[])[Initializer.LeCunNormal(), Initializer.GlorotNormal(), Initializer.GlorotUniform(),
            Initializer.FanOutNormal()])
        {
            Tensor w = start.Draw([100, 100], DType.Float64, new Rng(1));
            Assert.Equal(0.01, w.Variance().Item(), 0.0005);
        }
        Tensor uniform = Initializer.GlorotUniform().Draw([100, 100], DType.Float64, new Rng(2));
        Assert.InRange(uniform.Abs().Max().Item(), 0.171, 0.173206);
        Assert.Equal(0.173205, Math.Sqrt(6.0 / 200), 1e-6);
    }

    [Theory, InlineData(1e-2, 1.0), InlineData(1.0, 1e2), InlineData(1e-4, 1e-2)]
    public void TheVarianceOfAWeightTimesItsInputsIsTheGrowthOfALayer(double variance, double growth)
    {
        Sequential net = [];
        for (int i = 0; i < 5; i++) net.Add(new Linear(100, 100, bias: false, start: Initializer.Normal(Math.Sqrt(variance))));
        net.To(DType.Float64);
        IReadOnlyList<VarianceLine> lines = VarianceProbe.Of(net, Tensor.Normal([1000, 100], new Rng(3), dtype: DType.Float64));
        for (int layer = 0; layer < 5; layer++)
        {
            Assert.InRange(lines[layer].Variance / Math.Pow(growth, layer + 1), 1 / 1.5, 1.5);
            // Gradients grow likewise on their way back.
            Assert.InRange(lines[layer].GradientVariance / Math.Pow(growth, 4 - layer), 1 / 1.5, 1.5);
        }
    }

    [Fact]
    public void WithZerosNothingButTheOutputsBiasLearns()
    {
        foreach (Module activation in (Module[])[new Relu(), new Tanh()])
        {
            Linear hidden = new(4, 6, start: Initializer.Constant(0)), last = new(6, 3, start: Initializer.Constant(0));
            Sequential net = [hidden, activation, last];
            Tensor x = Tensor.Normal([10, 4], new Rng(1)), t = Tensor.From<long>([.. Enumerable.Range(0, 10).Select(i => i % 3L)]);
            new CrossEntropyLoss().Forward(net.Forward(x), t).Backward();
            Assert.All((Parameter[])[hidden.Weight, hidden.Bias!, last.Weight], parameter =>
                Assert.All(parameter.Grad!.ToArray<float>(), g => Assert.Equal(0, g)));
            Assert.Contains(last.Bias!.Grad!.ToArray<float>(), g => g != 0);
        }
    }
}
