using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class IdxTests
{
    public static TheoryData<string> Types => ["UInt8", "Int8", "Int16", "Int32", "Float32", "Float64"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_survives_a_round_trip_packed_and_not(string type)
    {
        TypedArray array = Sample(Enum.Parse<ElementType>(type));
        using TestFolder folder = new();
        foreach (string name in (string[])["a.idx", "a.idx.gz"])
        {
            Idx.Write(folder[name], array);
            TypedArray read = Idx.Read(folder[name]);
            Assert.Equal(array.Type, read.Type);
            Assert.Equal(array.Shape.ToArray(), read.Shape.ToArray());
            Assert.Equal(array.Bytes.ToArray(), read.Bytes.ToArray());
        }

        Assert.True(new FileInfo(folder["a.idx.gz"]).Length != new FileInfo(folder["a.idx"]).Length);
    }

    [Fact]
    public void Bytes_are_those_of_the_format()
    {
        using MemoryStream stream = new();
        Idx.Write(stream, TypedArray.From<short>([1, -2], 2));
        Assert.Equal([0, 0, 0x0B, 1, 0, 0, 0, 2, 0, 1, 0xff, 0xfe], stream.ToArray());
    }

    [Fact]
    public void Types_that_the_format_does_not_have_are_refused_and_the_old_file_stays()
    {
        using TestFolder folder = new();
        Idx.Write(folder["a"], TypedArray.From<byte>([7], 1));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Idx.Write(folder["a"], TypedArray.From<long>([1], 1)));
        Assert.Contains("Int64[1]", error.Message, StringComparison.Ordinal);
        Assert.Equal([7], Idx.Read(folder["a"]).Values<byte>().ToArray());
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Damaged_files_are_refused_with_the_byte()
    {
        byte[] valid = Bytes(Sample(ElementType.UInt8));
        Assert.Contains("'x' at byte 0: found the bytes 01", Refused([1, .. valid[1..]]), StringComparison.Ordinal);
        Assert.Contains("type code 0a", Refused([0, 0, 0x0a, .. valid[3..]]), StringComparison.Ordinal);
        Assert.Contains("found 9 axes", Refused([0, 0, 8, 9, .. valid[4..]]), StringComparison.Ordinal);
        Assert.Contains("expected 24", Refused(valid[..^1]), StringComparison.Ordinal);
        Assert.Contains("found more bytes", Refused([.. valid, 0]), StringComparison.Ordinal);
        Assert.Contains("axis of 4294967295", Refused([0, 0, 8, 1, 255, 255, 255, 255]), StringComparison.Ordinal);
        Assert.Contains("memory", Refused([0, 0, 8, 1, 127, 255, 255, 255]), StringComparison.Ordinal);
        Assert.Contains("expected 1073741824", Refused([0, 0, 8, 1, 64, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("memory", Refused([0, 0, 0x0E, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Fuzz()
    {
        Assert.True(ReaderFuzz.Run(Bytes(Sample(ElementType.Float32)), Read) > 500);
        Assert.True(ReaderFuzz.Run(TestGzip.Pack(Bytes(Sample(ElementType.UInt8))), Read) > 500);
    }

    [Fact]
    public void A_packed_file_that_claims_or_unpacks_to_too_much_is_refused()
    {
        byte[] claims = [0, 0, 8, 1, 0x3f, 0, 0, 0]; // 1,056,964,608 bytes claimed, four mebibytes there
        Assert.Contains("cut off", Refused(TestGzip.Bomb(claims, 4)), StringComparison.Ordinal);
        Assert.Contains("found more bytes", Refused(TestGzip.Bomb([0, 0, 8, 1, 0, 0, 0, 16], 64)), StringComparison.Ordinal);
        string message = ReaderFuzz.Refused(TestGzip.Bomb([0, 0, 8, 1, 4, 0, 0, 0], 64), stream => Idx.Read(stream, "x", limit: 1 << 20));
        Assert.Contains("raise the limit", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_that_is_cut_or_changed_is_refused()
    {
        byte[] packed = TestGzip.Pack(Bytes(Sample(ElementType.UInt8)));
        for (int length = 2; length < packed.Length; length++) Refused(packed[..length]);
        packed[^6] ^= 1; // the check sum
        Assert.Contains("damaged gzip", Refused(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => Idx.Read("/nowhere/a.idx"));
        Assert.Contains("'/nowhere/a.idx' does not exist", error.Message, StringComparison.Ordinal);
    }

    private static void Read(Stream stream) => Idx.Read(stream, "x");

    private static string Refused(byte[] bytes) => ReaderFuzz.Refused(bytes, Read);

    private static byte[] Bytes(TypedArray array)
    {
        using MemoryStream stream = new();
        Idx.Write(stream, array);
        return stream.ToArray();
    }

    private static TypedArray Sample(ElementType type) => type switch
    {
        ElementType.UInt8 => TypedArray.From<byte>([.. Enumerable.Range(0, 24).Select(i => (byte)(i * 11))], 2, 3, 4),
        ElementType.Int8 => TypedArray.From<sbyte>([-128, -1, 0, 127], 4),
        ElementType.Int16 => TypedArray.From<short>([short.MinValue, -1, 0, 1, 2, short.MaxValue], 3, 2),
        ElementType.Int32 => TypedArray.From<int>([int.MinValue, int.MaxValue], 1, 2),
        ElementType.Float32 => TypedArray.From<float>([1.5f, float.NaN, float.NegativeInfinity, 0], 2, 2),
        _ => TypedArray.From<double>([Math.PI, double.Epsilon], 2, 1),
    };
}
