using System.IO.Compression;

namespace Hebb.Files;

/// <summary>Packing on writing, asked for by the file's name.</summary>
internal static class Gzip
{
    /// <summary>
    /// Calls <paramref name="write"/> on a gzip stream over <paramref name="stream"/> if <paramref name="path"/> ends in <c>.gz</c>, on the
    /// stream itself otherwise. The gzip header holds neither a name nor a time.
    /// </summary>
    public static void WriteIfNamed(string path, Stream stream, Action<Stream> write)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            write(stream);
            return;
        }

        using GZipStream packed = new(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        write(packed);
    }
}
