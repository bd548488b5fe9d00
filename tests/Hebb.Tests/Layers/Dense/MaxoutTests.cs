namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class MaxoutTests
{
    private static Maxout Of(double[] weights, double[] biases)
    {
        Maxout layer = new(1, 1, 2);
        layer.LoadStateDict(
            new Dictionary<string, Tensor> { ["weight"] = Tensor.From(weights, [2, 1]), ["bias"] = Tensor.From<double>(biases) });
        return layer;
    }

    [Fact]
    public void TwoPiecesMakeARectifierOrALeakyOne()
    {
        Tensor x = Tensor.Linspace(-2, 2, 9).Reshape(9, 1);
        Assert.Equal((x * 3 + 0.5).Relu().ToArray<float>(), Of([3, 0], [0.5, 0]).Forward(x).Detach().ToArray<float>());
        Assert.Equal(2 * new Linear(7, 3).ParameterCount, new Maxout(7, 3, 2).ParameterCount);
        Assert.Equal(x.LeakyRelu(0.125).ToArray<float>(), Of([1, 0.125], [0, 0]).Forward(x).Detach().ToArray<float>());
    }
}
