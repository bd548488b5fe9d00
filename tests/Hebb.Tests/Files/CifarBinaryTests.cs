using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class CifarBinaryTests
{
    [Fact]
    public void Records_are_taken_apart_packed_and_not()
    {
        byte[] file = MakeFile(3);
        foreach (byte[] bytes in (byte[][])[file, TestGzip.Pack(file)])
        {
            (TypedArray images, TypedArray labels) = CifarBinary.Read(new MemoryStream(bytes), "x");
            Assert.Equal([3, 3, 32, 32], images.Shape.ToArray());
            Assert.Equal([0, 1, 2], labels.Values<byte>().ToArray());
            Assert.Equal(file[(2 * CifarBinary.RecordLength + 1)..], images.Bytes[(2 * 3072)..].ToArray());
        }
    }

    [Fact]
    public void Damaged_files_are_refused_with_the_byte()
    {
        byte[] file = MakeFile(2);
        Assert.Contains("multiple of 3073", Refused(file[..^1]), StringComparison.Ordinal);
        Assert.Contains("multiple of 3073", Refused([]), StringComparison.Ordinal);
        file[CifarBinary.RecordLength] = 10;
        Assert.Contains("at byte 3073: found the label 10, expected 0 to 9", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Fuzz()
    {
        Assert.True(ReaderFuzz.Run(MakeFile(1), Read, rounds: 500) > 100);
        Assert.True(ReaderFuzz.Run(TestGzip.Pack(MakeFile(2)), Read, rounds: 500) > 100);
    }

    [Fact]
    public void A_packed_file_that_unpacks_to_too_much_is_refused()
    {
        string message = ReaderFuzz.Refused(TestGzip.Bomb([], 64), stream => CifarBinary.Read(stream, "x", limit: 1 << 20));
        Assert.Contains("raise the limit", message, StringComparison.Ordinal);
    }

    private static void Read(Stream stream) => CifarBinary.Read(stream, "x");

    private static string Refused(byte[] bytes) => ReaderFuzz.Refused(bytes, Read);

    private static byte[] MakeFile(int records)
    {
        byte[] file = new byte[records * CifarBinary.RecordLength];
        new Random(1).NextBytes(file);
        for (int i = 0; i < records; i++) file[i * CifarBinary.RecordLength] = (byte)i;
        return file;
    }
}
