namespace Hebb.Tests.Core;

public class TensorSpecTests
{
    [Fact]
    public void AxesOfAShapeCountFromEitherEnd()
    {
        Shape shape = [1, 2, 5];
        Assert.Equal((5, 5, 1, 2), (shape[^1], shape[-1], shape[^3], shape[1]));
        Assert.Throws<ShapeException>(() => shape[^4]);
        Assert.Throws<ShapeException>(() => shape[^0]);
    }

    [Fact]
    public void DensityAndExtentFollowFromStrides()
    {
        TensorSpec plain = new(DType.Float32, [2, 3, 4]), turned = new(DType.Float32, [2, 3, 4], [1, 8, 2]),
            gapped = new(DType.Float32, [2, 3], [6, 2]);
        Assert.True(plain.IsContiguous && plain.IsDense && plain.Extent == 24);
        Assert.True(!turned.IsContiguous && turned.IsDense && turned.Extent == 24);
        Assert.True(!gapped.IsContiguous && !gapped.IsDense && gapped.Extent == 11);
        Assert.Equal(0, new TensorSpec(DType.Float32, [0, 3]).Extent);
        Assert.Equal("float32[2, 3]", gapped.ToString());
    }

    [Fact]
    public void FreshMemoryKeepsADenseOrderOfAxes()
    {
        TensorSpec turned = new(DType.Float32, [2, 3, 4], [1, 8, 2]);
        Assert.Equal(turned.Strides, turned.Fresh(DType.Bool).Strides);
        Assert.True(new TensorSpec(DType.Float32, [2, 3], [6, 2]).Fresh(DType.Float32).IsContiguous);
        Assert.Equal([1, 10, 2], turned.Reshaped([2, 7, 5]).Strides);
        Assert.True(turned.Reshaped([2, 7, 5]).IsDense);
    }
}
