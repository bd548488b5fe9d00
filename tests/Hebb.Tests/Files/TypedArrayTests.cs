using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class TypedArrayTests
{
    [Fact]
    public void Values_are_typed_and_converted()
    {
        TypedArray array = TypedArray.From<short>([1, -2, 3, 4, 5, 6], 2, 3);
        Assert.Equal("Int16[2, 3]", array.ToString());
        Assert.Equal(6, array.Count);
        Assert.Equal([1f, -2, 3, 4, 5, 6], array.ToSingles());
        Assert.Throws<InvalidOperationException>(() => array.Values<int>().Length);
        Assert.Equal([0f, 1], TypedArray.From<bool>([false, true], 2).ToSingles());
        Assert.Equal([-1f], TypedArray.From<sbyte>([-1], 1).ToSingles());
        Assert.Equal([65535f], TypedArray.From<ushort>([65535], 1).ToSingles());
        Assert.Equal([4294967296f], TypedArray.From<uint>([uint.MaxValue], 1).ToSingles());
        Assert.Equal([-1.5f], TypedArray.From<Half>([(Half)(-1.5)], 1).ToSingles());
        Assert.Equal((Half)(-1.5), TypedArray.From<Half>([(Half)(-1.5)], 1).Values<Half>()[0]);
        Assert.Contains("read it as BFloat16 or use ToSingles", Assert.Throws<InvalidOperationException>(
            () => SafetensorsTests.Array("BF16", [0, 0]).Values<Half>().Length).Message, StringComparison.Ordinal);
        Assert.Equal([0.1f], TypedArray.From<double>([0.1], 1).ToSingles());
    }

    [Fact]
    public void Shapes_that_do_not_hold_the_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TypedArray.From<float>([1, 2], 3));
        Assert.Throws<ArgumentException>(() => TypedArray.From<float>([], 65536, 65536, 65536, 65536));
        Assert.Throws<ArgumentOutOfRangeException>(() => TypedArray.From<float>([], -1));
        Assert.Throws<NotSupportedException>(() => TypedArray.From<char>(['a'], 1));
    }
}
