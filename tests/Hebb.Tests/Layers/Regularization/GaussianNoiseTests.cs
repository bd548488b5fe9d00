namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Tests.Layers.Initializers;

public class GaussianNoiseTests
{
    [Fact]
    public void NoiseHasItsSpreadInTrainingAndIsAbsentInUse()
    {
        GaussianNoise layer = new(0.5);
        Tensor x = Tensor.Full([200, 500], 2, DType.Float32);
        Sample.Check(layer.Forward(x), 2, 0.5, null);
        Assert.NotEqual(layer.Forward(x).ToArray<float>(), layer.Forward(x).ToArray<float>());
        layer.Eval();
        Assert.Same(x, layer.Forward(x));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianNoise(-1));
    }
}
