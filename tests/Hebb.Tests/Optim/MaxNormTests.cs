using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class MaxNormTests
{
    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void EachNeuronIsScaledAloneAndBiasesAreNot(DType dtype)
    {
        Parameter weight = new(Tensor.From<double>([30, 40, 0.3, 0.4], [2, 2]).Cast(dtype)), bias = new(Tensor.Full([2], 50, dtype));
        weight.Grad = Tensor.Zeros([2, 2], dtype);
        bias.Grad = Tensor.Zeros([2], dtype);
        MaxNorm bound = new(3);
        Optimizer optimizer = new([new ParameterGroup([("weight", weight), ("bias", bias)])], new Sgd(), 1) { Hooks = { bound } };
        optimizer.Step();
        double[] w = weight.Detach().Cast(DType.Float64).ToArray<double>();
        Assert.All(w.Zip([1.8, 2.4, 0.3, 0.4]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Equal(50, bias.Detach()[0].Item());
        optimizer.Step();
        Assert.Equal(2, bound.Steps);
        Assert.InRange(Math.Sqrt(w[0] * w[0] + w[1] * w[1]), 0, 3 + 1e-6);
    }

    [Theory, InlineData(DType.Float32, 1e20), InlineData(DType.Float64, 1e200)]
    public void SquaresThatOverflowDoNotMakeWeightsZero(DType dtype, double size)
    {
        Parameter w = new(Tensor.From<double>([3 * size, 4 * size, 0.3, 0.4], [2, 2]).Cast(dtype)) { Grad = Tensor.Zeros([2, 2], dtype) };
        new Optimizer([new ParameterGroup([("w", w)])], new Sgd(), 1) { Hooks = { new MaxNorm(5) } }.Step();
        Assert.All(
            w.Detach().Cast(DType.Float64).ToArray<double>().Zip([3, 4, 0.3, 0.4]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void WeightsStayBoundedAtAnyRate()
    {
        Parameter w = new(Tensor.Ones([3, 4, 2, 2], DType.Float64));
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Sgd(), 1e6) { Hooks = { new MaxNorm(4) } };
        for (int i = 0; i < 10; i++)
        {
            w.Grad = -w.Detach();
            optimizer.Step();
        }
        Assert.All(w.Detach().ToArray<double>(), x => Assert.Equal(1.0, x, 1e-12));
    }

    [Fact]
    public void StepsWithHooksDoNotAllocate()
    {
        Parameter w = new(Tensor.Ones([4, 8])) { Grad = Tensor.Ones([4, 8]) };
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Adam())
        {
            Hooks = { new ClipByValue(0.5), new ClipByNorm(1), new WeightDecay(0.1), new L1Penalty(0.1), new MaxNorm(0.5) },
        };
        for (int i = 0; i < 50; i++) optimizer.Step();
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++) optimizer.Step();
        }));
    }

    [Fact]
    public void ALimitThatIsNotPositiveIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new MaxNorm(0));
}
