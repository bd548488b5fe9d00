namespace Hebb.Tests.Losses;

using Hebb.Losses;

public class FocalLossTests
{
    [Fact]
    public void WithoutFocusItIsTheCrossEntropyAndACertaintyHasAGradient()
    {
        Tensor scores = Tensor.From<double>([1, -2, 0.5, 400, 0, 0], [2, 3]).Track(), classes = Tensor.From<long>(2, 0);
        Assert.Equal(new CrossEntropyLoss().Forward(scores, classes).Item(), new FocalLoss { Gamma = 0 }.Forward(scores, classes).Item(),
            1e-15);
        Tensor loss = new FocalLoss { Gamma = 0.5 }.Forward(scores, classes);
        Assert.All(Gradient.Of(loss, scores).ToArray<double>(), slope => Assert.True(double.IsFinite(slope)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FocalLoss { Gamma = -1 });
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void AClassHeldImpossibleHasTheGradientOfTheCrossEntropy(double gamma)
    {
        Tensor scores = Tensor.From<double>([double.NegativeInfinity, 1, 2], [1, 3]).Track(), target = Tensor.From<long>(0);
        Tensor loss = new FocalLoss { Gamma = gamma }.Forward(scores, target);
        Assert.Equal(double.PositiveInfinity, loss.Item());
        Assert.Equal(Gradient.Of(new CrossEntropyLoss().Forward(scores, target), scores).ToArray<double>(),
            Gradient.Of(loss, scores).ToArray<double>());
    }
}
