using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class NpyTests
{
    [Fact]
    public void Every_type_and_rank_survives_a_round_trip()
    {
        using TestFolder folder = new();
        foreach (TypedArray array in (TypedArray[])[
            TypedArray.From<bool>([true, false], 2), TypedArray.From<byte>([1, 255], 1, 2), TypedArray.From<sbyte>([-1], 1),
                TypedArray.From<short>([-2], 1), TypedArray.From<ushort>([65535, 1], 2), TypedArray.From<uint>([uint.MaxValue], 1),
            TypedArray.From<Half>([(Half)1.5, Half.NaN, -Half.Epsilon], 3),
            TypedArray.From<int>([-3]), TypedArray.From<long>([long.MinValue, 1], 2, 1), TypedArray.From<float>([1.5f, float.NaN], 2),
            TypedArray.From<double>([Math.E, 1, 2, 3, 4, 5], 1, 2, 3), TypedArray.From<double>([], 3, 0)])
        {
            Npy.Write(folder["a.npy"], array);
            TypedArray read = Npy.Read(folder["a.npy"]);
            Assert.Equal(array.ToString(), read.ToString());
            Assert.Equal(array.Bytes.ToArray(), read.Bytes.ToArray());
        }
    }

    [Fact]
    public void Bytes_are_those_of_numpy()
    {
        // numpy.save of arange(3, dtype='<i2'), NumPy 1.24
        string header = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }".PadRight(127) + "\n";
        using MemoryStream stream = new();
        Npy.Write(stream, TypedArray.From<short>([0, 1, 2], 3));
        Assert.Equal([.. Encoding.Latin1.GetBytes(header), 0, 0, 1, 0, 2, 0], stream.ToArray());
    }

    [Fact]
    public void Versions_two_and_three_byte_order_and_fortran_order_are_read()
    {
        byte[] bigEndianColumns = File("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3)}", [0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6], 2);
        Assert.Equal([1, 2, 3, 4, 5, 6], Npy.Read(new MemoryStream(bigEndianColumns), "x").Values<short>().ToArray());
        byte[] three = File("{\"shape\": (), \"descr\":\"|u1\",\"fortran_order\":False}   \n", [9], 3);
        Assert.Equal([9], Npy.Read(new MemoryStream(three), "x").Values<byte>().ToArray());
    }

    [Theory]
    [InlineData("<f2", new byte[] { 0x00, 0x3e, 0x01, 0x80 }, new[] { 1.5f, -5.9604645e-8f })]
    [InlineData(">f2", new byte[] { 0x3e, 0x00, 0x80, 0x01 }, new[] { 1.5f, -5.9604645e-8f })]
    [InlineData("<i4", new byte[] { 0xfe, 0xff, 0xff, 0xff, 0, 1, 0, 0 }, new[] { -2f, 256 })]
    [InlineData(">i4", new byte[] { 0xff, 0xff, 0xff, 0xfe, 0, 0, 1, 0 }, new[] { -2f, 256 })]
    [InlineData("|u1", new byte[] { 0, 255 }, new[] { 0f, 255 })]
    [InlineData("|i1", new byte[] { 128, 127 }, new[] { -128f, 127 })]
    [InlineData("<i2", new byte[] { 0, 128, 1, 2 }, new[] { -32768f, 513 })]
    [InlineData(">i2", new byte[] { 128, 0, 2, 1 }, new[] { -32768f, 513 })]
    [InlineData("<u2", new byte[] { 0, 128, 1, 2 }, new[] { 32768f, 513 })]
    [InlineData(">u2", new byte[] { 128, 0, 2, 1 }, new[] { 32768f, 513 })]
    [InlineData("<u4", new byte[] { 0, 0, 0, 128, 3, 0, 0, 0 }, new[] { 2147483648f, 3 })]
    [InlineData(">u4", new byte[] { 128, 0, 0, 0, 0, 0, 0, 3 }, new[] { 2147483648f, 3 })]
    public void TypesThatHebbDoesNotComputeWithAreReadExactly(string type, byte[] body, float[] values)
    {
        byte[] file = File($"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}", body, 1);
        TypedArray array = Npy.Read(new MemoryStream(file), "x");
        Assert.Equal(values, array.ToSingles());
        Tensor tensor = array.ToTensor();
        Assert.Equal(type.EndsWith("f2", StringComparison.Ordinal) ? DType.Float32 : DType.Int64, tensor.DType);
        Assert.Equal(values, tensor.Cast(DType.Float32).ToArray<float>());
    }

    [Fact]
    public void BFloat16HasNoPlaceInTheFormat()
    {
        TypedArray array = SafetensorsTests.Array("BF16", [0, 0]);
        Assert.Contains("BFloat16[1]; convert it", Assert.Throws<ArgumentException>(() => Npy.Write(new MemoryStream(), array)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", "'<u8', expected b1, u1, i1, u2, i2, u4, i4, i8, f2, f4, f8; "
        + "convert the array with astype before saving, whole numbers to int64")]
    [InlineData("{'descr': '<<f4', 'fortran_order': False, 'shape': (2,), }", "'<<f4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "'|O'")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "no '''")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "expected 12")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "more bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "an axis above")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536,65536,65536), }", "memory")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,), }", "neither True nor False")]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", "without descr")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "twice")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x", "more text")]
    [InlineData("", "no '{'")]
    [InlineData("{'descr': '|b1', 'fortran_order': False, 'shape': (8,), }", "0 or 1 for a bool")]
    public void Headers_that_lie_are_refused(string header, string part) =>
        Assert.Contains(part, ReaderFuzz.Refused(File(header, [1, 2, 3, 4, 5, 6, 7, 8], 1), Read), StringComparison.Ordinal);

    [Fact]
    public void Other_magic_versions_and_header_lengths_are_refused()
    {
        byte[] file = File("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", [], 1);
        Assert.Contains("magic", ReaderFuzz.Refused([0, .. file[1..]], Read), StringComparison.Ordinal);
        Assert.Contains("version 4", ReaderFuzz.Refused([.. file[..6], 4, .. file[7..]], Read), StringComparison.Ordinal);
        Assert.Contains("at most 65536", ReaderFuzz.Refused([.. file[..6], 2, 0, 255, 255, 255, 255], Read), StringComparison.Ordinal);
    }

    [Fact]
    public void Fuzz()
    {
        using MemoryStream stream = new();
        Npy.Write(stream, TypedArray.From<double>([1, 2, 3, 4, 5, 6], 2, 3));
        Assert.True(ReaderFuzz.Run(stream.ToArray(), Read) > 500);
    }

    private static void Read(Stream stream) => Npy.Read(stream, "x");

    private static byte[] File(string header, byte[] body, byte version)
    {
        byte[] text = Encoding.ASCII.GetBytes(header);
        byte[] length = BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. version == 1 ? length[..2] : length, .. text, .. body];
    }
}
