using Hebb.Layers;

namespace Hebb.Tests.Layers;

public class MaskedTensorTests
{
    private static readonly Tensor s_mask = Tensor.From([true, true, false, true, false, false], [2, 3]);

    [Fact]
    public void StepsThatDoNotCountAreFilledAlongAnyAxis()
    {
        Tensor x = Tensor.Ones([2, 3, 2]);
        Assert.Equal([1, 1, 1, 1, 7, 7, 1, 1, 7, 7, 7, 7], new MaskedTensor(x, s_mask).Fill(7, axis: 1).ToArray<float>());
        Assert.Equal([1, 1, 7, 1, 1, 7, 1, 7, 7, 1, 7, 7], new MaskedTensor(x.Reshape(2, 2, 3), s_mask).Fill(7, axis: -1).ToArray<float>());
        Assert.Same(x, new MaskedTensor(x).Fill(7, axis: 1));
        Assert.Same(x, MaskedTensor.Zeroed(x, s_mask).Fill(0, axis: 1));
        Assert.Equal(7, MaskedTensor.Zeroed(x, s_mask).Fill(7, axis: 1).Max().Item());
    }

    [Fact]
    public void OtherValuesKeepTheMask()
    {
        MaskedTensor x = new(Tensor.Ones([2, 3, 2]), s_mask), y = x.Map(values => values.Permute(0, 2, 1));
        Assert.Equal([2, 2, 3], y.Values.Shape);
        Assert.Same(s_mask, y.Mask);
        Assert.Equal("float32[2, 2, 3] with a mask of 3 steps", y.With(y.Values.Contiguous()).ToString());
        Assert.Null(((MaskedTensor)x.Values).Mask);
    }

    [Fact]
    public void MasksThatDoNotFitAreRefused()
    {
        Assert.Throws<ShapeException>(() => new MaskedTensor(Tensor.Ones([2, 3]), Tensor.Ones([2, 3])));
        Assert.Throws<ShapeException>(() => new MaskedTensor(Tensor.Ones([3, 3]), s_mask));
        Assert.Throws<ShapeException>(() => new MaskedTensor(Tensor.Ones([2]), s_mask));
        Assert.Contains("bool[2, 2]", Assert.Throws<ShapeException>(() => new MaskedTensor(Tensor.Ones([2, 2]), s_mask).Fill(0, 1)).Message,
            StringComparison.Ordinal);
    }
}
