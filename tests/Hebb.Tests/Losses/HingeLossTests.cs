namespace Hebb.Tests.Losses;

using Hebb.Losses;

public class HingeLossTests
{
    [Fact]
    public void OnlyClassesWithinTheMarginCost()
    {
        Tensor scores = Tensor.From<double>([2, 1.5, -3, 0, 5, 1], [2, 3]).Track();
        Tensor loss = new HingeLoss { Reduction = Reduction.None }.Forward(scores, Tensor.From<long>(0, 1));
        Assert.Equal([0.5, 0.0], loss.Detach().ToArray<double>());
        Assert.Equal([-1.0, 1, 0, 0, 0, 0], Gradient.Of(loss.Sum(), scores).ToArray<double>());
    }

    [Fact]
    public void AnIgnoredTargetCostsNothing() =>
        Assert.Equal(0.5, new HingeLoss { IgnoreIndex = -1 }.Forward(Tensor.From<double>([2, 1.5, 9, 9], [2, 2]), Tensor.From<long>(0, -1))
            .Item());
}
