using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Testing;
using Hebb.Training;

namespace Hebb.Tests.Optim;

public class WeightAverageTests
{
    /// <summary>A weight whose value after update t, from 1, is t.</summary>
    private static (Parameter W, Optimizer Optimizer) Counting(WeightAverage average, DType dtype = DType.Float64)
    {
        Parameter w = new(Tensor.Zeros([3], dtype)) { Grad = Tensor.Full([3], -1, dtype) };
        return (w, new Optimizer([new ParameterGroup([("w", w)])], new Sgd(), 1) { Hooks = { average } });
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void PastPointsWeighLessAndLessAndSumToOne(DType dtype)
    {
        WeightAverage average = WeightAverage.Exponential(0.75);
        (Parameter w, Optimizer optimizer) = Counting(average, dtype);
        for (int i = 0; i < 6; i++) optimizer.Step();
        double[] weights = [.. Enumerable.Range(0, 6).Select(k => 0.25 * Math.Pow(0.75, k))];
        double expected = weights.Select((weight, k) => weight * (6 - k)).Sum() / weights.Sum();
        using (average.Use()) Assert.Equal(expected, w.Detach()[0].Item(), dtype == DType.Float32 ? 1e-6 : 1e-12);
        Assert.Equal(6, w.Detach()[0].Item());
    }

    [Fact]
    public void ThePlainMeanTakesEverySoManyPoints()
    {
        WeightAverage average = WeightAverage.Stochastic(start: 2, period: 3);
        (Parameter w, Optimizer optimizer) = Counting(average);
        for (int i = 0; i < 10; i++) optimizer.Step();
        Assert.Equal(3, average.Points);
        average.Apply();
        Assert.Equal((3 + 6 + 9) / 3.0, w.Detach()[0].Item(), 1e-12);
    }

    [Fact]
    public void StepsDoNotAllocate()
    {
        (_, Optimizer optimizer) = Counting(WeightAverage.Exponential());
        for (int i = 0; i < 50; i++) optimizer.Step();
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++) optimizer.Step();
        }));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void AStepWhileTheAverageIsInUseIsRefused(bool isCompiled)
    {
        WeightAverage average = WeightAverage.Exponential(0.5);
        Linear net = new(1, 1);
        Optimizer optimizer = new(net, new Sgd(), 0.1) { Hooks = { average } };
        CompiledStep step = Compiled.Step(net, optimizer, new MseLoss());
        Tensor x = Tensor.Ones([2, 1]), y = Tensor.Zeros([2, 1]);
        Step();
        Step();
        float trained = net.Weight.Detach().Item<float>();
        using (IDisposable use = average.Use())
        {
            float averaged = net.Weight.Detach().Item<float>();
            Assert.NotEqual(trained, averaged);
            Assert.Contains("dispose what Use returned first", Assert.Throws<InvalidOperationException>(Step).Message,
                StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(average.Use);
            Assert.Throws<InvalidOperationException>(average.Apply);
            Assert.Equal(averaged, net.Weight.Detach().Item<float>());
            use.Dispose();
        }
        Assert.Equal(trained, net.Weight.Detach().Item<float>());
        Step();
        Assert.Equal(3, average.Steps);

        void Step()
        {
            if (isCompiled)
            {
                step.Run(x, y);
                return;
            }
            optimizer.ZeroGrad();
            new MseLoss().Forward(net.Forward(x), y).Backward();
            optimizer.Step();
        }
    }

    [Fact]
    public void OptimizersMayShareAnAverage()
    {
        WeightAverage average = WeightAverage.Stochastic(start: 2, period: 3);
        (Parameter a, Optimizer first) = Counting(average);
        (Parameter b, Optimizer second) = Counting(average);
        for (int i = 0; i < 10; i++)
        {
            first.Step();
            second.Step();
        }
        Assert.Equal((10, 3), (average.Steps, average.Points));
        average.Apply();
        Assert.Equal(6, a.Detach()[0].Item(), 1e-12);
        Assert.Equal(6, b.Detach()[0].Item(), 1e-12);
    }

    [Fact]
    public void AnAverageOfNothingIsRefused()
    {
        Assert.Contains(
            "before its first point", Assert.Throws<InvalidOperationException>(() => WeightAverage.Stochastic(5).Use()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightAverage.Exponential(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightAverage.Stochastic(period: 0));
    }
}
