namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Tests.Registry;

public class ChannelNormTests
{
    [Fact]
    public void OneGroupIsALayerAndAGroupAChannelIsAnInstance()
    {
        Tensor x = Tensor.Normal([3, 4, 5], new Rng(1), dtype: DType.Float64);
        double[] layer = new LayerNorm([4, 5], affine: false).Forward(x).ToArray<double>(),
            instance = new InstanceNorm(4).Forward(x).ToArray<double>();
        Near.Assert(layer, new GroupNorm(1, 4, affine: false).Forward(x).ToArray<double>(), 1e-13, "layer");
        Near.Assert(instance, new GroupNorm(4, 4, affine: false).Forward(x).ToArray<double>(), 1e-13, "instance");
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new GroupNorm(2, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm(2, epsilon: -1));
        Assert.Throws<ShapeException>(() => new InstanceNorm(2).Forward(Tensor.Zeros([3, 2, 1])));
    }
}
