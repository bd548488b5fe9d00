namespace Hebb.Tests.Ops.Norm;

using Hebb.Tests.Registry;

public class LayerNormalizeTests
{
    [Fact]
    public void NothingStaysNothing()
    {
        Assert.Equal([0, 3], Tensor.Zeros([0, 3]).LayerNormalize().Shape);
        Tensor x = Tensor.Zeros([0, 3]).Track(), gamma = Tensor.Ones([3]).Track();
        x.LayerNormalize(gamma, Tensor.Zeros([3])).Sum().Backward();
        Assert.Equal([0, 0, 0], gamma.Grad!.ToArray<float>());
    }

    [Fact]
    public void ATransposedViewIsNormalizedAsItsCopy()
    {
        Tensor x = Tensor.Uniform([5, 7, 3], new Rng(1), dtype: DType.Float64), turned = x.Permute(0, 2, 1);
        Tensor gamma = Tensor.Uniform([7], new Rng(2), dtype: DType.Float64), beta = Tensor.Uniform([7], new Rng(3), dtype: DType.Float64);
        Tensor copied = turned.Contiguous().LayerNormalize(gamma, beta);
        Near.Assert(copied.ToArray<double>(), turned.LayerNormalize(gamma, beta).ToArray<double>(), 0, "transposed");
    }

    [Fact]
    public void NoGradientGoesThroughTheStatistics()
    {
        Tensor x = Tensor.Ones([2, 3]).Track();
        Tensor mean = x.ApplyAll(new Hebb.Ops.LayerNormalize(1, 1e-5))[1];
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => mean.Sum().Backward());
        Assert.Contains("Mean and Variance", refused.Message, StringComparison.Ordinal);
    }
}
