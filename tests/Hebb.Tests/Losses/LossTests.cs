namespace Hebb.Tests.Losses;

using Hebb.Losses;

public class LossTests
{
    private static readonly Tensor s_output = Tensor.From<double>([1, 2, 3, 4, 5, 6], [2, 3]),
        s_target = Tensor.Zeros([2, 3], DType.Float64);

    [Fact]
    public void ReductionsOfTheSquaredError()
    {
        Assert.Equal([1.0, 4, 9, 16, 25, 36], new MseLoss { Reduction = Reduction.None }.Forward(s_output, s_target).ToArray<double>());
        Assert.Equal(91, new MseLoss { Reduction = Reduction.Sum }.Forward(s_output, s_target).Item());
        Assert.Equal(91 / 6.0, new MseLoss { Reduction = Reduction.Mean }.Forward(s_output, s_target).Item(), 1e-14);
        Assert.Equal(45.5, new MseLoss().Forward(s_output, s_target).Item());
        Assert.Equal(22.75, new MseLoss { Scale = 0.5 }.Forward(s_output, s_target).Item());
        Assert.Equal(Math.Sqrt(91 / 6.0), MseLoss.Root(s_output, s_target), 1e-14);
    }

    /// <summary>The gradient of the mean over n samples carries the factor 2/n that a derivation from the plain sum leaves out.</summary>
    [Theory, InlineData(1, 2.0), InlineData(0.5, 1.0)]
    public void TheGradientMatchesTheValue(double scale, double factor)
    {
        Tensor y = s_output.Clone().Track();
        new MseLoss { Scale = scale }.Forward(y, s_target).Backward();
        Assert.All(y.Grad!.ToArray<double>().Zip(s_output.ToArray<double>()), pair =>
            Assert.Equal(factor * pair.Second / 2, pair.First, 1e-14));
    }

    [Fact]
    public void CertaintiesGiveFiniteLossesAndGradients()
    {
        Tensor p = Tensor.From<float>(0, 0, 1, 1).Track(), t = Tensor.From<float>(0, 1, 0, 1);
        Tensor losses = new BceLoss { Reduction = Reduction.None }.Forward(p, t);
        Assert.Equal([0f, 100, 100, 0], losses.Detach().ToArray<float>());
        losses.Sum().Backward();
        Assert.Equal([0f, -1e12f, 1e12f, 0], p.Grad!.ToArray<float>());
    }

    [Fact]
    public void SmoothedDistributionsAreSmoothedIndices()
    {
        CrossEntropyLoss loss = new() { LabelSmoothing = 0.2 };
        Tensor index = Tensor.From<long>(2, 0);
        Assert.Equal(loss.Forward(s_output, index).Item(), loss.Forward(s_output, index.OneHot(3, DType.Float64)).Item(), 1e-14);
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropyLoss { LabelSmoothing = 1.5 });
    }
}
