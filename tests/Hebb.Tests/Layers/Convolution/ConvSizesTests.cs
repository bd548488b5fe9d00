namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ConvSizesTests
{
    [Fact]
    public void SizesAreThoseThatLayersGive()
    {
        foreach ((int size, int kernel, int stride, int pad, int dilation) in (ReadOnlySpan<(int, int, int, int, int)>)[(9, 3, 1, 0, 1),
            (8, 3, 2, 1, 1), (11, 2, 3, 2, 3), (5, 5, 1, 0, 1)])
        {
            Conv1d layer = new(1, 1, kernel, stride, pad, dilation);
            int found = layer.Forward(Tensor.Zeros([1, 1, size])).Shape[2];
            Assert.Equal(found, ConvSizes.Output(size, kernel, stride, pad, dilation));
            Assert.Equal(
                ConvSizes.Transposed(found, kernel, stride, pad, dilation),
                new ConvTranspose1d(1, 1, kernel, stride, pad, dilation).Forward(Tensor.Zeros([1, 1, found])).Shape[2]);
        }
        Assert.Equal(0, ConvSizes.Output(2, 3));
    }

    [Fact]
    public void TheStrictRuleRefusesARest()
    {
        Assert.Equal(3, ConvSizes.Output(7, 3, 2, isStrict: true));
        Assert.Contains(
            "5 / 2", Assert.Throws<ArgumentException>(() => ConvSizes.Output(8, 3, 2, isStrict: true)).Message, StringComparison.Ordinal);
        Conv2d layer = new(1, 1, 3, stride: 2) { IsStrict = true };
        Assert.Equal([1, 1, 3, 3], layer.Forward(Tensor.Zeros([1, 1, 7, 7])).Shape);
        Assert.Contains(
            "(8 - 3 + 0) / 2", Assert.Throws<ShapeException>(() => layer.Forward(Tensor.Zeros([1, 1, 7, 8]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SamePaddingKeepsTheSizeOrSaysWhyNot()
    {
        Assert.Equal(1, ConvSizes.SamePad(3));
        Assert.Equal(4, ConvSizes.SamePad(5, dilation: 2));
        Assert.Throws<ArgumentException>(() => ConvSizes.SamePad(2));
        Assert.Equal(2, ConvSizes.SamePad(32, 5, 1));
        Assert.Contains("16.5", Assert.Throws<ArgumentException>(() => ConvSizes.SamePad(32, 3, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReceptiveFieldsGrowByTheJump()
    {
        Assert.Equal((7, 1), ConvSizes.ReceptiveField((3, 1), (3, 1), (3, 1)));
        Assert.Equal((8, 2), ConvSizes.ReceptiveField((3, 1), (2, 2), (3, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConvSizes.Output(5, 0));
    }
}
