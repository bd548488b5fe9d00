using Hebb.Layers;
using Hebb.Optim;
using Hebb.Testing;

namespace Hebb.Tests.Optim;

public class WeightLearningRatesTests
{
    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void EveryWeightMovesAtItsOwnRate(DType dtype)
    {
        foreach (IUpdateRule rule in (IUpdateRule[])[new Sgd(0.9), new Adam()])
        {
            Parameter free = Filled(dtype), held = Filled(dtype);
            Optimizer one = new([new ParameterGroup([("w", free)])], rule, 0.1);
            Optimizer other = new(
                [new ParameterGroup([("w", held)])], rule, 0.1)
            {
                Hooks =
                { new WeightLearningRates(held, Tensor.From<double>([0, 0.5, 1], [3])) }
            };
            one.Step();
            other.Step();
            double[] full = free.Detach().Cast(DType.Float64).ToArray<double>(),
                found = held.Detach().Cast(DType.Float64).ToArray<double>();
            for (int row = 0; row < 2; row++)
            {
                Assert.Equal(2, found[3 * row]);
                Assert.Equal((2 + full[3 * row + 1]) / 2, found[3 * row + 1], 1e-6);
                Assert.Equal(full[3 * row + 2], found[3 * row + 2]);
            }
            Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 20; i++) other.Step(); }));
        }
    }

    [Fact]
    public void FactorsMustFit() => Assert.Throws<ShapeException>(() => new WeightLearningRates(Filled(DType.Float32), Tensor.Ones([2])));

    private static Parameter Filled(DType dtype) => new(Tensor.Full([2, 3], 2, dtype)) { Grad = Tensor.Full([2, 3], 0.7, dtype) };
}
