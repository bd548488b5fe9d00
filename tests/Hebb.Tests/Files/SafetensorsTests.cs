using System.Buffers.Binary;
using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class SafetensorsTests
{
    [Fact]
    public void Arrays_and_metadata_survive_a_round_trip()
    {
        using TestFolder folder = new();
        Safetensors.Write(folder["m.safetensors"], Sample(), [new("note", "ünï \"q\" \n"), new("a", "")]);
        SafetensorsContent read = Safetensors.Read(folder["m.safetensors"]);
        Assert.Equal(["bias", "empty", "flags", "one", "steps", "weight"], read.Arrays.Keys);
        Assert.Equal(["a", "note"], read.Metadata.Keys);
        Assert.Equal("ünï \"q\" \n", read.Metadata["note"]);
        foreach ((string name, TypedArray array) in Sample())
        {
            Assert.Equal(array.Type, read.Arrays[name].Type);
            Assert.Equal(array.Shape.ToArray(), read.Arrays[name].Shape.ToArray());
            Assert.Equal(array.Bytes.ToArray(), read.Arrays[name].Bytes.ToArray());
        }
    }

    [Fact]
    public void Bytes_do_not_depend_on_the_order_given_and_arrays_are_aligned()
    {
        byte[] bytes = Bytes(Sample());
        Assert.Equal(bytes, Bytes([.. Sample().Reverse()]));
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, header % 8);
        Assert.StartsWith("{\"steps\":{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[0,24]},\"weight\":{\"dtype\":\"F64\"",
            Encoding.UTF8.GetString(bytes, 8, header), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\""
        + ",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "a second time")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\""
        + ",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "at 8, where")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "at 0, where")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "more bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "of shape [3]")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "at 8 to 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}", "whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647,2147483647,2147483647,2147483647]"
        + ",\"data_offsets\":[0,8]}}",
        "of shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[9000000],\"data_offsets\":[0,36000000]}}", "cut off")]
    [InlineData("{\"a\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "'a' of type 'U64', expected F16, BF16, F32, F64, I8, "
        + "U8, I16, U16, I32, U32, I64, BOOL; convert it before saving, whole numbers to I64, others to F32.")]
    [InlineData("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", "'F8_E4M3'")]
    [InlineData("{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}", "of shape [2]")]
    [InlineData("{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}", "without a dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}", "'x'")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}", "something else than numbers")]
    [InlineData("{\"a\":[[[[[[1]]]]]]}", "something else than an object")]
    [InlineData("{\"__metadata__\":{\"k\":1}}", "something else than text")]
    [InlineData("{\"__metadata__\":{\"k\":\"\\ud800\"}}", "not valid Unicode")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("[]", "something else than an object")]
    [InlineData("nonsense", "not JSON")]
    [InlineData("{\"a\":{\"dtype\":\"BOOL\",\"shape\":[8],\"data_offsets\":[0,8]}}", "0 or 1 for a bool")]
    public void Headers_that_lie_are_refused(string header, string part)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. BitConverter.GetBytes((long)json.Length), .. json, 1, 1, 2, 1, 0, 0, 0, 0];
        Assert.Contains(part, ReaderFuzz.Refused(file, Read), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_longer_than_the_file_or_the_cap_is_refused()
    {
        Assert.Contains(
            "at most 100000000", ReaderFuzz.Refused([.. BitConverter.GetBytes(ulong.MaxValue)], Read), StringComparison.Ordinal);
        Assert.Contains(
            "found 1 bytes of safetensors header", ReaderFuzz.Refused([.. BitConverter.GetBytes(99_999_999L), 1], Read),
            StringComparison.Ordinal);
        Assert.Contains("header length", ReaderFuzz.Refused([1, 2, 3], Read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004\u0000\u0000\u0008\u0008", "a PyTorch file")]
    [InlineData("\u0080\u0002\u008a\nl\u00fc\u009cF", "a Python pickle")]
    [InlineData("\u0089HDF\r\n\u001a\n", "an HDF5 file")]
    public void Files_of_others_are_named(string start, string kind)
    {
        string found = ReaderFuzz.Refused([.. start.Select(c => (byte)c), 0, 0], Read);
        Assert.Contains(kind, found, StringComparison.Ordinal);
        Assert.Contains("safetensors.torch.save_file", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_repeat_and_other_types_are_refused_on_writing()
    {
        TypedArray array = TypedArray.From<float>([1], 1);
        Assert.Throws<ArgumentException>(() => Bytes([new("a", array), new("a", array)]));
        Assert.Throws<ArgumentException>(() => Bytes([new("__metadata__", array)]));
        foreach (TypedArray other in (TypedArray[])[TypedArray.From<byte>([1], 1), TypedArray.From<Half>([Half.One], 1),
            TypedArray.From<uint>([1], 1), Array("BF16", [0, 0])])
        {
            Assert.Contains("convert it to Float32", Assert.Throws<ArgumentException>(() => Bytes([new("a", other)])).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("F16", ElementType.Float16, new byte[] { 0x00, 0x3e, 0x00, 0xfc }, new[] { 1.5, double.NegativeInfinity })]
    [InlineData("BF16", ElementType.BFloat16, new byte[] { 0xc0, 0x3f, 0x00, 0x80 }, new[] { 1.5, -0.0 })]
    [InlineData("I8", ElementType.Int8, new byte[] { 0x80, 0x7f }, new[] { -128.0, 127 })]
    [InlineData("U8", ElementType.UInt8, new byte[] { 0x80, 0x7f }, new[] { 128.0, 127 })]
    [InlineData("I16", ElementType.Int16, new byte[] { 0, 0x80, 1, 2 }, new[] { -32768.0, 513 })]
    [InlineData("U16", ElementType.UInt16, new byte[] { 0, 0x80, 1, 2 }, new[] { 32768.0, 513 })]
    [InlineData("I32", ElementType.Int32, new byte[] { 1, 0, 0, 0x80, 1, 0, 0, 1 }, new[] { -2147483647.0, 16777217 })]
    [InlineData("U32", ElementType.UInt32, new byte[] { 1, 0, 0, 0x80, 1, 0, 0, 1 }, new[] { 2147483649.0, 16777217 })]
    public void TypesThatHebbDoesNotComputeWithAreReadExactly(string name, ElementType type, byte[] body, double[] values)
    {
        TypedArray array = Array(name, body);
        Assert.Equal(type, array.Type);
        Tensor tensor = array.ToTensor();
        Assert.Equal(name.Contains('F', StringComparison.Ordinal) ? DType.Float32 : DType.Int64, tensor.DType);
        Assert.Equal(values, tensor.Cast(DType.Float64).ToArray<double>());
    }

    /// <summary>An array of one axis as a file holds it.</summary>
    internal static TypedArray Array(string type, byte[] body)
    {
        int size = type switch { "I8" or "U8" or "BOOL" => 1, "I32" or "U32" or "F32" => 4, _ => 2 };
        byte[] json = Encoding.UTF8.GetBytes(
            $"{{\"a\":{{\"dtype\":\"{type}\",\"shape\":[{body.Length / size}],\"data_offsets\":[0,{body.Length}]}}}}");
        return Safetensors.Read(new MemoryStream([.. BitConverter.GetBytes((long)json.Length), .. json, .. body]), "x").Arrays["a"];
    }

    [Fact]
    public void Fuzz() => Assert.True(ReaderFuzz.Run(Bytes(Sample()), Read, rounds: 6000) > 3000);

    private static void Read(Stream stream) => Safetensors.Read(stream, "x");

    private static byte[] Bytes(KeyValuePair<string, TypedArray>[] arrays)
    {
        using MemoryStream stream = new();
        Safetensors.Write(stream, arrays);
        return stream.ToArray();
    }

    private static KeyValuePair<string, TypedArray>[] Sample() =>
    [
        new("bias", TypedArray.From<float>([1.5f, -2], 2)),
        new("flags", TypedArray.From<bool>([true, false, true], 3)),
        new("weight", TypedArray.From<double>([1, 2, 3, 4, 5, 6], 2, 3)),
        new("steps", TypedArray.From<long>([long.MinValue, 0, long.MaxValue], 3)),
        new("one", TypedArray.From<float>([7])),
        new("empty", TypedArray.From<float>([], 0, 4)),
    ];
}
