namespace Hebb.Tests.Losses;

using Hebb.Losses;

public class HuberLossTests
{
    private static readonly Tensor s_z = Tensor.From<double>(0, 0.5, 1, 2, -3);

    [Fact]
    public void TheFormWithoutHalvesIsTwiceTheOther()
    {
        Tensor zero = Tensor.Zeros([5], DType.Float64);
        Assert.Equal([0, 0.125, 0.5, 1.5, 2.5], new HuberLoss { Reduction = Reduction.None }.Forward(s_z, zero).ToArray<double>());
        Assert.Equal([0.0, 0.25, 1, 3, 5], new HuberLoss { Scale = 2, Reduction = Reduction.None }.Forward(s_z, zero).ToArray<double>());
    }

    [Fact]
    public void ValueAndSlopeAreContinuousWhereThePiecesMeet()
    {
        foreach (double at in (double[])[1 - 1e-9, 1 + 1e-9])
        {
            Tensor z = Tensor.From<double>(at).Track();
            Tensor loss = new HuberLoss().Forward(z, Tensor.Zeros([1], DType.Float64));
            Assert.Equal(0.5, loss.Item(), 1e-8);
            Assert.Equal(1, Gradient.Of(loss, z).Item(), 1e-8);
        }
    }

    [Fact]
    public void TheErrorOfAVectorIsItsLength()
    {
        Tensor error = Tensor.From<double>([3, 4, 0.3, 0.4], [2, 2]);
        double[] found = new HuberLoss { IsOfVectors = true, Reduction = Reduction.None }.Forward(
            error, Tensor.Zeros([2, 2], DType.Float64)).ToArray<double>();
        Assert.Equal(4.5, found[0], 1e-12);
        Assert.Equal(0.125, found[1], 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss { Delta = 0 });
    }
}
