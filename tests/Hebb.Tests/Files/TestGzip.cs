using System.IO.Compression;

namespace Hebb.Tests.Files;

internal static class TestGzip
{
    public static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The given start and then zeros: thousands of times smaller packed than unpacked.</summary>
    public static byte[] Bomb(ReadOnlySpan<byte> start, int megabytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(start);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) gzip.Write(zeros);
        }

        return packed.ToArray();
    }
}
