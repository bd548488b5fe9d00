using Hebb.Layers;

namespace Hebb.Tests.Layers;

public class PositionBiasTests
{
    /// <summary>A convolution whose filters are shared over the image, and whose biases are not: 54 weights and 48 biases.</summary>
    [Fact]
    public void EachPositionOfAMapHasItsOwn()
    {
        PositionBias bias = new([3, 4, 4]);
        Sequential net = [new Conv2d(2, 3, 3, bias: false), bias];
        Assert.Equal(3 * 2 * 9 + 48, net.ParameterCount);
        Tensor x = Tensor.Normal([2, 2, 6, 6], new Rng(1));
        Assert.Equal(net[0].Forward(x).Detach().ToArray<float>(), net.Forward(x).Detach().ToArray<float>());
        bias.LoadStateDict(new Dictionary<string, Tensor> { ["bias"] = Tensor.Arange(0, 48, dtype: DType.Float32).Reshape(3, 4, 4) });
        Assert.Equal((net[0].Forward(x) + bias.Bias).Detach().ToArray<float>(), net.Forward(x).Detach().ToArray<float>());
        Assert.False(bias.Bias.IsDecayed);
    }
}
