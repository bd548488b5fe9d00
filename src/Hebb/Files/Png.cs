using System.Buffers.Binary;
using System.IO.Compression;

namespace Hebb.Files;

/// <summary>
/// PNG images (ISO/IEC 15948). The reader takes every color type and bit depth, interlaced or not, and gives 8-bit samples: 16-bit samples
/// keep their high byte, fewer bits are stretched to 0..255, palettes become RGB. Transparency of any kind, of pixels, of a palette or of
/// one color, becomes alpha unless a background is given. Gamma and color profiles are not applied.
/// </summary>
public static class Png
{
    /// <summary>The unpacked bytes accepted when the caller names no other limit: 256 MiB, an RGB image of 9,000 x 9,000.</summary>
    public const long DefaultLimit = 1L << 28;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that the image may unpack to.</param>
    /// <param name="background">
    /// What shows through transparent pixels (<see cref="Image.Over"/>); left out, the image keeps its alpha, and what makes it gray or
    /// colors or an input of a model lays it on white.
    /// </param>
    /// <exception cref="FormatException">
    /// The content is not PNG, is damaged or cut off, or is larger than the limit; the message names the byte.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Image Read(string path, long limit = DefaultLimit, Rgb? background = null)
    {
        using ByteSource source = ByteSource.Open(path, long.MaxValue, unpack: false);
        return Read(source, limit, background);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, long, Rgb?)" path="/exception"/>
    public static Image Read(Stream stream, string name, long limit = DefaultLimit, Rgb? background = null)
    {
        using ByteSource source = ByteSource.Over(stream, name, long.MaxValue, unpack: false);
        return Read(source, limit, background);
    }

    /// <summary>Writes a file in one step (see <see cref="AtomicFile"/>); its bytes are a function of the image alone.</summary>
    public static void Write(string path, Image image) => AtomicFile.Write(path, stream => Write(stream, image));

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, Image image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        stream.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = (byte)(image.Channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 });
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Pack(image));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static Image Read(ByteSource source, long limit, Rgb? background)
    {
        Image image = PngReader.Read(source, limit);
        return background is { } color ? image.Over(color) : image;
    }

    private static byte[] Pack(Image image)
    {
        int stride = image.Width * image.Channels;
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int row = 0; row < image.Height; row++)
            {
                zlib.WriteByte(0); // no filter: small images of few colors pack best without
                zlib.Write(image.Samples.Slice(row * stride, stride));
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, data.Length);
        stream.Write(four);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(four, Crc32.Append(Crc32.Append(0, type), data));
        stream.Write(four);
    }
}
