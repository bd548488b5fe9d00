namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Optim;

public class WeightedLayerTests
{
    [Fact]
    public void AGivenStartIsForTheWeightsAndBiasesStartAtZero()
    {
        Linear layer = new(3, 2, start: Initializer.Constant(0.5));
        Assert.All(layer.Weight.Detach().ToArray<float>(), value => Assert.Equal(0.5f, value));
        Assert.All(layer.Bias!.Detach().ToArray<float>(), value => Assert.Equal(0f, value));
        Assert.True(layer.Weight.IsDecayed);
        Assert.False(layer.Bias.IsDecayed);
        Assert.Null(new Linear(3, 2, bias: false).Bias);
    }

    [Fact]
    public void AnOpenSizeIsFixedByTheFirstInputWithTheSameStartValues()
    {
        Sequential open = [new Linear(4), new Linear(3)], given = [new Linear(6, 4), new Linear(4, 3)];
        open.Initialize(8);
        given.Initialize(8);
        Optimizer early = new(open, new Adam());
        Tensor x = Tensor.Ones([2, 6]);
        Assert.Equal(given.Forward(x).Detach().ToArray<float>(), open.Forward(x).Detach().ToArray<float>());
        Assert.Equal(given.ToString(), open.ToString());

        open.Forward(x).Sum().Backward();
        float[] before = ((Linear)open[0]).Weight.Detach().ToArray<float>();
        early.Step();
        Assert.NotEqual(before, ((Linear)open[0]).Weight.Detach().ToArray<float>());
    }

    [Fact]
    public void AnotherElementTypeIsNamed() =>
        Assert.Contains(
            "To(DType.Float64)", Assert.Throws<ShapeException>(() => new Linear(2, 2).Forward(Tensor.Zeros([1, 2], DType.Float64))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void SizesMustBePositive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(2, 0));
        Assert.Throws<ArgumentException>(() => new Conv2d(3, 4, 3, groups: 2));
    }
}
