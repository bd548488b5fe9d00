using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class ClipByNormTests
{
    [Theory]
    [InlineData(DType.Float32, 1e20), InlineData(DType.Float32, 1e-30), InlineData(DType.Float64, 1e200), InlineData(DType.Float64, 1e-200)]
    public void SquaresThatOverflowOrVanishDoNotCount(DType dtype, double size)
    {
        Parameter a = new(Tensor.Zeros([1, 2], dtype)) { Grad = Tensor.Full([1, 2], 3 * size, dtype) };
        Parameter b = new(Tensor.Zeros([2], dtype)) { Grad = Tensor.Full([2], -4 * size, dtype) };
        ClipByNorm clip = new(2 * Math.Min(1, size));
        Optimizer optimizer = new([new ParameterGroup([("a", a), ("b", b)])], new Sgd(), 1) { Hooks = { clip } };
        optimizer.Step();
        Assert.Equal(Math.Sqrt(50), clip.LastNorm / size, 1e-6);
        double scale = clip.Limit / Math.Sqrt(50);
        Assert.Equal(-3 * scale, a.Detach().Cast(DType.Float64).ToArray<double>()[0], 1e-6 * scale);
        Assert.Equal(4 * scale, b.Detach().Cast(DType.Float64).ToArray<double>()[1], 1e-6 * scale);
    }

    [Fact]
    public void AllGradientsTogetherAreScaledToTheLimit()
    {
        Parameter a = new(Tensor.Zeros([1, 1], DType.Float64)) { Grad = Tensor.Full([1, 1], 3, DType.Float64) };
        Parameter b = new(Tensor.Zeros([2], DType.Float64)) { Grad = Tensor.From<double>(0, 4) };
        ClipByNorm clip = new(1);
        Optimizer optimizer = new([new ParameterGroup([("a", a), ("b", b)])], new Sgd(), 1) { Hooks = { clip } };
        optimizer.Step();
        Assert.Equal(-0.6, a.Detach().ToArray<double>()[0], 1e-15);
        Assert.Equal(-0.8, b.Detach().ToArray<double>()[1], 1e-15);
        a.Grad!.Fill(0.3);
        b.Grad!.Fill(0);
        optimizer.Step();
        Assert.Equal(-0.9, a.Detach().ToArray<double>()[0], 1e-15);
        Assert.Equal((0.3, 2L, 1L), (Math.Round(clip.LastNorm, 12), clip.Steps, clip.Fired));
    }

    [Fact]
    public void NaNIsNotHidden() => Assert.True(double.IsNaN(OneParameter.After(OneParameter.Filled(1, double.NaN), new ClipByNorm(1))));

    [Fact]
    public void ALimitThatIsNotPositiveIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ClipByNorm(0));
}
