using Hebb.Files;

namespace Hebb.Tests.Files;

public class TensorArraysTests
{
    [Fact]
    public void EveryElementTypeGoesThereAndBack()
    {
        Tensor[] tensors = [Tensor.From<float>([1, -2.5f, float.NaN, 4], [2, 2]), Tensor.From<double>(1e300), Tensor.Scalar(long.MaxValue),
            Tensor.From<bool>(true, false), Tensor.Zeros([0, 3])];
        foreach (Tensor tensor in tensors)
        {
            Tensor back = TensorArrays.From(tensor).ToTensor();
            Assert.Equal(tensor.ToString(), back.ToString());
            Assert.NotSame(tensor.Storage, back.Storage);
        }
    }

    [Fact]
    public void ViewsAreWrittenRowByRow() =>
        Assert.Equal([1f, 3, 2, 4], TensorArrays.From(Tensor.From(new[,] { { 1f, 2 }, { 3, 4 } }).T.Track()).Values<float>().ToArray());

    [Fact]
    public void SmallWholeNumbersBecomeInt64()
    {
        Assert.Equal([255L, 0], TypedArray.From<byte>([255, 0], 2).ToTensor().ToArray<long>());
        Assert.Equal([-1L], TypedArray.From<sbyte>([-1], 1).ToTensor().ToArray<long>());
        Assert.Equal([-300L], TypedArray.From<short>([-300], 1).ToTensor().ToArray<long>());
        Assert.Equal([-70000L], TypedArray.From<int>([-70000], 1).ToTensor().ToArray<long>());
    }
}
