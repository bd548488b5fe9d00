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

    /// <summary>Every value of 16 bits against its definition: sign, exponent, fraction.</summary>
    [Theory, InlineData("F16", 5, 10), InlineData("BF16", 8, 7)]
    public void HalfPrecisionBecomesFloat32Exactly(string type, int exponentBits, int fractionBits)
    {
        byte[] all = [.. Enumerable.Range(0, 65536).SelectMany(bits => new[] { (byte)bits, (byte)(bits >> 8) })];
        float[] values = SafetensorsTests.Array(type, all).ToTensor().ToArray<float>();
        int bias = (1 << exponentBits - 1) - 1, most = (1 << exponentBits) - 1;
        for (int bits = 0; bits < 65536; bits++)
        {
            int exponent = bits >> fractionBits & most, fraction = bits & (1 << fractionBits) - 1;
            double share = (double)fraction / (1 << fractionBits);
            double expected = exponent == most ? fraction == 0 ? double.PositiveInfinity : double.NaN
                : exponent == 0 ? share * Math.Pow(2, 1 - bias) : (1 + share) * Math.Pow(2, exponent - bias);
            Assert.Equal(bits >= 32768 ? -expected : expected, values[bits]);
            Assert.Equal(bits >= 32768, float.IsNegative(values[bits]));
        }
    }

    [Fact]
    public void SmallWholeNumbersBecomeInt64()
    {
        Assert.Equal([65535L], TypedArray.From<ushort>([65535], 1).ToTensor().ToArray<long>());
        Assert.Equal([uint.MaxValue, 0L], TypedArray.From<uint>([uint.MaxValue, 0], 2).ToTensor().ToArray<long>());
        Assert.Equal([255L, 0], TypedArray.From<byte>([255, 0], 2).ToTensor().ToArray<long>());
        Assert.Equal([-1L], TypedArray.From<sbyte>([-1], 1).ToTensor().ToArray<long>());
        Assert.Equal([-300L], TypedArray.From<short>([-300], 1).ToTensor().ToArray<long>());
        Assert.Equal([-70000L], TypedArray.From<int>([-70000], 1).ToTensor().ToArray<long>());
    }
}
