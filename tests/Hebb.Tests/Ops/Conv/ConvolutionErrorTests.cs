namespace Hebb.Tests.Ops.Conv;

/// <summary>Sums over many channels are cut into blocks, so that their error in float32 stays that of short chains.</summary>
public class ConvolutionErrorTests
{
    private const double Unit = 1.0 / (1 << 24);

    /// <summary>
    /// Errors in units of 2⁻²⁴ of the largest number, over the passes y, dx and dw. One chain over all 2304 terms of the first case has
    /// more than 30.
    /// </summary>
    [Theory]
    [InlineData(256, 64, 3, 2, 15)]
    [InlineData(512, 64, 1, 1, 15)]
    [InlineData(700, 32, 1, 2, 15)]
    [InlineData(64, 64, 5, 1, 15)]
    public void ErrorsDoNotGrowWithTheNumberOfChannels(int channels, int filters, int kernel, int stride, double most)
    {
        Tensor x = Tensor.Normal([4, channels, 14, 14], new Rng(1)), w = Tensor.Normal([filters, channels, kernel, kernel], new Rng(2));
        Tensor[] narrow = Passes(x, w, stride), wide = Passes(x.Cast(DType.Float64), w.Cast(DType.Float64), stride);
        for (int pass = 0; pass < narrow.Length; pass++)
        {
            Tensor truth = wide[pass];
            double error = (narrow[pass].Cast(DType.Float64) - truth).Abs().Max().Item() / truth.Abs().Max().Item() / Unit;
            Assert.True(error < most, $"pass {pass}: {error}");
        }
    }

    private static Tensor[] Passes(Tensor x, Tensor w, int stride)
    {
        (x, w) = (x.Clone().Track(), w.Clone().Track());
        Tensor y = x.Conv2d(w, window: ConvWindow.Square(stride, pad: w.Shape[2] / 2));
        // A gradient that is no constant, and the same in both types.
        Tensor weights = Tensor.Normal(y.Shape, new Rng(3)).Cast(y.DType);
        Tensor[] gradients = Gradient.Of((y * weights).Sum(), [x, w]);
        return [y.Detach(), .. gradients.Select(gradient => gradient.Detach())];
    }
}
