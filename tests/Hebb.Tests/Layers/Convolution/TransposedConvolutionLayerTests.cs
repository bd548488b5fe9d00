namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class TransposedConvolutionLayerTests
{
    /// <summary>With stride 2 each input paints its own 2x2 square.</summary>
    [Fact]
    public void EveryInputPaintsTheKernel()
    {
        ConvTranspose2d layer = new(1, 1, 2, stride: 2, bias: false);
        layer.LoadStateDict(new Dictionary<string, Tensor> { ["weight"] = Tensor.From<float>([1, 2, 3, 4], [1, 1, 2, 2]) });
        float[] y = layer.Forward(Tensor.From<float>([1, 10], [1, 1, 1, 2])).Detach().ToArray<float>();
        Assert.Equal([1f, 2, 10, 20, 3, 4, 30, 40], y);
    }

    /// <summary>What goes through a convolution of volumes and what comes back through its transpose are the same product.</summary>
    [Fact]
    public void VolumesAreTheTransposeOfTheirConvolution()
    {
        Tensor x = Tensor.Normal([2, 2, 5, 4, 6], new Rng(1), dtype: DType.Float64),
            w = Tensor.Normal([4, 1, 3, 2, 2], new Rng(2), dtype: DType.Float64);
        Tensor y = x.Conv3d(w, stride: 2, pad: 1, groups: 2), back = Tensor.Normal(y.Shape, new Rng(3), dtype: DType.Float64);
        Tensor painted = back.ConvTranspose3d(w, stride: 2, pad: 1, groups: 2);
        Assert.Equal(x.Shape, painted.Shape);
        Assert.Equal((y * back).Sum().Item(), (x * painted).Sum().Item(), 1e-10);
        Assert.Throws<ShapeException>(() => x.ConvTranspose3d(w));
        Assert.Throws<ShapeException>(() => back.ConvTranspose3d(w, pad: 4, groups: 2));
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2d(1, 1, 3, stride: 2, extra: 2));
        Assert.Throws<ArgumentException>(() => new ConvTranspose1d(3, 2, 2, groups: 2));
        Assert.Throws<ShapeException>(() => new ConvTranspose1d(1, 1, 2, pad: 3).Forward(Tensor.Zeros([1, 1, 2])));
    }
}
