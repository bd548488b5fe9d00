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

    /// <summary>Each input adds the kernel where it lies, whatever stride, padding, dilation and extra positions there are.</summary>
    [Fact]
    public void ExtraPositionsAreThoseThatWouldComeNext()
    {
        Random random = new(5);
        for (int trial = 0; trial < 60; trial++)
        {
            int size = random.Next(1, 5), kernel = random.Next(1, 4), stride = random.Next(1, 4), dilation = random.Next(1, 4);
            int pad = random.Next(0, 3), extra = random.Next(0, Math.Max(stride, dilation));
            int length = (size - 1) * stride - 2 * pad + dilation * (kernel - 1) + extra + 1;
            if (length < 1) continue;
            Tensor x = Tensor.Normal([1, 1, size], new Rng((ulong)trial), dtype: DType.Float64);
            ConvTranspose1d layer = new(1, 1, kernel, stride: stride, pad: pad, dilation: dilation, extra: extra);
            layer = (ConvTranspose1d)layer.To(DType.Float64);
            (double[] w, double bias) = (layer.StateDict()["weight"].ToArray<double>(), layer.StateDict()["bias"].ToArray<double>()[0]);
            double[] expected = [.. Enumerable.Repeat(bias, length)], inputs = x.ToArray<double>();
            for (int i = 0; i < size; i++)
            {
                for (int u = 0; u < kernel; u++)
                {
                    int at = i * stride - pad + u * dilation;
                    if (at >= 0 && at < length) expected[at] += inputs[i] * w[u];
                }
            }
            double[] found = layer.Forward(x).Detach().ToArray<double>();
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Fact]
    public void ImagesWithoutABatchOrWithTheirChannelsLastAreTold()
    {
        Conv2d layer = new(3, 4, 3);
        string Refused(Shape shape) => Assert.Throws<ShapeException>(() => layer.Forward(Tensor.Zeros(shape))).Message;
        Assert.Contains("Unsqueeze(0)", Refused([3, 8, 8]), StringComparison.Ordinal);
        Assert.Contains("Permute(0, 3, 1, 2)", Refused([2, 8, 8, 3]), StringComparison.Ordinal);
        Assert.Contains("give it as many channels", Refused([2, 5, 8, 8]), StringComparison.Ordinal);
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2d(1, 1, 3, stride: 2, extra: 2));
        Assert.Throws<ArgumentException>(() => new ConvTranspose1d(3, 2, 2, groups: 2));
        Assert.Throws<ShapeException>(() => new ConvTranspose1d(1, 1, 2, pad: 3).Forward(Tensor.Zeros([1, 1, 2])));
    }
}
