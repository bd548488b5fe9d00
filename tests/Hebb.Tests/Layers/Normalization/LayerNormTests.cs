namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class LayerNormTests
{
    [Fact]
    public void EverySampleGetsMeanZeroAndVarianceOneWhateverItsBatch()
    {
        Tensor x = Tensor.Normal([4, 50], new Rng(1), 3, 7, DType.Float64);
        LayerNorm layer = new LayerNorm(50).To(DType.Float64);
        Tensor y = layer.Forward(x);
        Assert.All(y.Mean(1).Detach().ToArray<double>(), mean => Assert.Equal(0, mean, 1e-12));
        Assert.All(y.Variance([1]).Detach().ToArray<double>(), variance => Assert.Equal(1, variance, 1e-5));
        Assert.Equal(y.Narrow(0, 2, 1).Detach().ToArray<double>(), layer.Forward(x.Narrow(0, 2, 1)).Detach().ToArray<double>());
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LayerNorm(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm(4, epsilon: 0));
    }
}
