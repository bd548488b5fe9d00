namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ConvolutionLayerTests
{
    /// <summary>conv(x, g) = corr(x, g turned round): for a symmetric kernel both are one.</summary>
    [Fact]
    public void AFlippedKernelMakesATrueConvolution()
    {
        Tensor x = Tensor.From<float>([1, 2, 3, 4], [1, 1, 4]);
        Conv1d layer = new(1, 1, 2, bias: false) { IsFlipped = true }, plain = new(1, 1, 2, bias: false);
        Dictionary<string, Tensor> kernel = new() { ["weight"] = Tensor.From<float>([10, 1], [1, 1, 2]) },
            symmetric = new() { ["weight"] = Tensor.Ones([1, 1, 2]) };
        layer.LoadStateDict(kernel);
        plain.LoadStateDict(kernel);
        // (x * g)[i] = 10 x[i + 1] + x[i]
        Assert.Equal([21f, 32, 43], layer.Forward(x).Detach().ToArray<float>());
        Assert.Equal([12f, 23, 34], plain.Forward(x).Detach().ToArray<float>());
        layer.LoadStateDict(symmetric);
        plain.LoadStateDict(symmetric);
        Assert.Equal(plain.Forward(x).Detach().ToArray<float>(), layer.Forward(x).Detach().ToArray<float>());
    }

    [Fact]
    public void GroupsMustDivideTheChannels()
    {
        Assert.Throws<ArgumentException>(() => new Conv1d(3, 4, 2, groups: 2));
        Assert.Throws<ArgumentException>(() => new Conv3d(2, 3, 2, groups: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv1d(2, 2, 0));
    }
}
