namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class BatchNormTests
{
    [Fact]
    public void InitializingStartsTheAveragesAnew()
    {
        BatchNorm2d layer = new(2);
        layer.Forward(Tensor.Arange(0, 16, dtype: DType.Float32).Reshape(2, 2, 2, 2));
        Assert.Equal(1, layer.StateDict()["num_batches_tracked"].Item<long>());
        Assert.NotEqual([0f, 0], layer.StateDict()["running_mean"].ToArray<float>());
        layer.Initialize(1);
        Assert.Equal([0f, 0], layer.StateDict()["running_mean"].ToArray<float>());
        Assert.Equal([1f, 1], layer.StateDict()["running_var"].ToArray<float>());
        Assert.Equal(0, layer.StateDict()["num_batches_tracked"].Item<long>());
    }

    [Fact]
    public void EvaluationReadsTheAveragesAndChangesNothing()
    {
        BatchNorm1d layer = new(1, momentum: 1);
        layer.Forward(Tensor.From<float>([1, 3], [2, 1]));
        layer.Eval();
        // Mean 2 and variance 2, which divides by n - 1.
        Assert.Equal(3 / Math.Sqrt(2 + 1e-5), layer.Forward(Tensor.From<float>([5], [1, 1])).Detach().Item(), 1e-6);
        Assert.Equal(1, layer.StateDict()["num_batches_tracked"].Item<long>());
    }

    [Fact]
    public void OneSampleHasNoVariance() =>
        Assert.Contains(
            "variance", Assert.Throws<ShapeException>(() => new BatchNorm1d(3).Forward(Tensor.Zeros([1, 3]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm2d(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm2d(1, momentum: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm2d(1, epsilon: 0));
    }
}
