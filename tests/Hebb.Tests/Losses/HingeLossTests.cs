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
    public void ARightClassBeyondAllOthersCostsNothingAndAnImpossibleOneAllThereIs()
    {
        Tensor scores = Tensor.From<double>([1, double.PositiveInfinity, 2, 1, double.NegativeInfinity, 2], [2, 3]).Track();
        Tensor loss = new HingeLoss { Reduction = Reduction.None }.Forward(scores, Tensor.From<long>(1, 1));
        Assert.Equal([0, double.PositiveInfinity], loss.Detach().ToArray<double>());
        Assert.Equal([0.0, 0, 0, 1, -2, 1], Gradient.Of(loss.Sum(), scores).ToArray<double>().Select(g => g + 0.0));
    }

    [Fact]
    public void AnIgnoredTargetCostsNothing() =>
        Assert.Equal(0.5, new HingeLoss { IgnoreIndex = -1 }.Forward(Tensor.From<double>([2, 1.5, 9, 9], [2, 2]), Tensor.From<long>(0, -1))
            .Item());
}
