namespace Hebb.Tests.Ops.Conv;

using Hebb.Tests.Registry;

public class WindowsTests
{
    [Fact]
    public void WindowsShowWhatTheKernelSees()
    {
        Tensor x = Tensor.Arange(0, 16, dtype: DType.Float64).Reshape(1, 1, 4, 4), windows = x.Windows(2, 3);
        Assert.Equal([1, 1, 3, 2, 2, 3], windows.Shape);
        Assert.Equal([5.0, 6, 7, 9, 10, 11], windows[0, 0, 1, 1].ToArray<double>());
        Assert.Equal([-1.0, -1, -1, 0], x.Windows(2, 2, ConvWindow.Square(stride: 2, pad: 1), padding: -1)[0, 0, 0, 0].ToArray<double>());
    }

    /// <summary>6x6 images under a 3x3 kernel: nine rows of sixteen, nearly nine times the memory.</summary>
    [Fact]
    public void AConvolutionIsOneMatrixProduct()
    {
        Tensor x = Tensor.Normal([1, 1, 6, 6], new Rng(1), dtype: DType.Float64),
            w = Tensor.Normal([2, 1, 3, 3], new Rng(2), dtype: DType.Float64);
        Tensor columns = x.Unfold(3, 3);
        Assert.Equal([1, 9, 16], columns.Shape);
        Near.Assert(x.Conv2d(w).ToArray<double>(), w.Reshape(2, 9).MatMul(columns).ToArray<double>(), 1e-12, "product");
        ConvWindow window = new(2, 1, 1, 2, 1, 2);
        Tensor many = Tensor.Normal([2, 3, 7, 8], new Rng(3), dtype: DType.Float64),
            filters = Tensor.Normal([4, 3, 3, 2], new Rng(4), dtype: DType.Float64);
        Near.Assert(many.Conv2d(filters, null, window).ToArray<double>(),
            filters.Reshape(4, 18).MatMul(many.Unfold(3, 2, window)).ToArray<double>(), 1e-12, "with steps");
    }

    [Fact]
    public void AWindowThatDoesNotFitIsRefused()
    {
        Assert.Contains(
            "does not fit", Assert.Throws<ShapeException>(() => Tensor.Zeros([1, 1, 2, 2]).Unfold(3, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 2]).Windows(1, 1));
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 2]).AdaptiveMaxPool(1, 1));
    }
}
