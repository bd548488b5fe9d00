using Hebb.Layers;

namespace Hebb.Tests.Examples;

/// <summary>What the layer behind a dropout gets on average.</summary>
public class DropoutMeansTests
{
    [Theory, InlineData(0.2, 1.25), InlineData(0.5, 2), InlineData(0.8, 5)]
    public void KeptUnitsAreScaledSoThatTheMeanStays(double dropProbability, double scale)
    {
        Dropout layer = new(dropProbability);
        Assert.Equal(scale, layer.Forward(Tensor.Ones([1000], DType.Float64)).Max().Item(), 1e-12);
        Assert.Equal(1 - dropProbability, layer.KeepProbability, 1e-12);
        Dropout other = new(dropProbability) { ScalesInEvaluation = true };
        other.Eval();
        Assert.Equal(1 - dropProbability, other.Forward(Tensor.Ones([1], DType.Float64)).Item(), 1e-12);
    }

    /// <summary>The mean of d(h) W over ten thousand masks is h W, within three standard errors.</summary>
    [Fact]
    public void TheNextLayerGetsOnAverageWhatItGetsInUse()
    {
        const int masks = 10_000;
        Tensor h = Tensor.Normal([1, 12], new Rng(1), dtype: DType.Float64), w = Tensor.Normal([12, 3], new Rng(2), dtype: DType.Float64);
        Tensor z = new Dropout(0.4).Forward(h.BroadcastTo([masks, 12]).Contiguous()).MatMul(w);
        double[] mean = z.Mean(0).ToArray<double>(), error = (z.StandardDeviation([0]) / Math.Sqrt(masks)).ToArray<double>(),
            expected = h.MatMul(w).ToArray<double>();
        for (int i = 0; i < 3; i++) Assert.InRange(mean[i], expected[i] - 3 * error[i], expected[i] + 3 * error[i]);
    }
}
