using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hebb.Files;

/// <summary>Reads one PNG: walks the chunks, unpacks, and hands the raw rows to <see cref="PngRows"/>.</summary>
internal sealed class PngReader
{
    private const int MaxChunks = 1 << 16;
    private const int Ratio = 1032; // no deflate stream unpacks to more than this many times its size

    private readonly ByteSource _source;
    private readonly MemoryStream _packed = new();
    private PngHeader _header;
    private byte[] _palette = [], _transparency = [];
    private bool _ended;

    private PngReader(ByteSource source) => _source = source;

    public static Image Read(ByteSource source, long limit)
    {
        Argument.Above(limit, 0);
        PngReader reader = new(source);
        reader.ReadSignature();
        for (int chunks = 0; !reader._ended; chunks++)
        {
            if (chunks == MaxChunks)
                throw source.Error(source.Position, $"more than {MaxChunks} chunks", "fewer", "save the image again");
            reader.ReadChunk(first: chunks == 0, limit);
        }

        return reader.Decode();
    }

    private void ReadSignature()
    {
        Span<byte> start = stackalloc byte[8];
        int got = _source.Read(start);
        if (!start[..got].SequenceEqual(Png.Signature))
            throw _source.Error(0, FileKind.Of(start[..got]) ?? "other bytes", "the PNG signature", "give a PNG image");
    }

    private void ReadChunk(bool first, long limit)
    {
        long at = _source.Position;
        Span<byte> start = stackalloc byte[8];
        _source.Fill(start, "PNG chunk");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(start);
        ReadOnlySpan<byte> type = start[4..];
        if (first != type.SequenceEqual("IHDR"u8))
            throw Error(at, $"the chunk {Name(type)}", first ? "IHDR first" : "one IHDR only");
        byte[] data = _source.Take(length, $"PNG chunk {Name(type)}");
        uint wanted = Crc32.Append(Crc32.Append(0, type), data), got = _source.ReadUInt32Big("PNG check sum");
        if (got != wanted) throw Error(_source.Position - 4, $"the check sum {got:x8} of {Name(type)}", $"{wanted:x8}");

        if (first) _header = PngHeader.Parse(_source, at + 8, data, limit);
        else if (type.SequenceEqual("PLTE"u8))
            _palette = data.Length is > 0 and <= 768 && data.Length % 3 == 0
                ? data
                : throw Error(at, $"a palette of {data.Length} bytes", "3 to 768 in threes");
        else if (type.SequenceEqual("tRNS"u8)) SetTransparency(at, data, limit);
        else if (type.SequenceEqual("IDAT"u8)) AppendPacked(at, data, limit);
        else if (type.SequenceEqual("IEND"u8)) _ended = true;
        else if (char.IsAsciiLetterUpper((char)type[0]))
            throw Error(at, $"the chunk {Name(type)}, which a reader must know", "IHDR, PLTE, IDAT or IEND");
    }

    /// <summary>Opacities of a palette's first colors, or the one color that is transparent, 16 bits a sample.</summary>
    private void SetTransparency(long at, byte[] data, long limit)
    {
        int least = _header.Palette ? 1 : 2 * _header.Channels, most = _header.Palette ? 256 : least;
        if (_header.HasAlpha || data.Length < least || data.Length > most)
        {
            throw Error(at, $"a transparency of {data.Length} bytes",
                _header.HasAlpha ? "none, as pixels have their own" : $"{least} to {most}");
        }

        if ((Int128)_header.Width * _header.Height * (_header.Channels + 1) > Math.Min(limit, ByteSource.LargestArray))
            throw Error(at, $"a transparency for an image of {_header}", $"at most {limit} bytes unpacked");
        _transparency = data;
    }

    private void AppendPacked(long at, byte[] data, long limit)
    {
        if (_packed.Length + data.Length > Math.Min(limit, ByteSource.LargestArray) + (1 << 16))
            throw Error(at, "more packed image data than the limit", $"at most {limit} bytes");
        _packed.Write(data);
    }

    private Image Decode()
    {
        long length = _header.PackedRowsLength;
        if (length > _packed.Length * Ratio)
            throw Error(_source.Position, $"{_packed.Length} packed bytes for an image of {_header}", "more image data");
        byte[] rows = new byte[length];
        _packed.Position = 0;
        try
        {
            using ZLibStream zlib = new(_packed, CompressionMode.Decompress);
            int got = zlib.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
            if (got < rows.Length || zlib.ReadByte() >= 0)
                throw Error(_source.Position, $"{(got < rows.Length ? $"{got}" : "more")} unpacked bytes", $"{rows.Length} for {_header}");
        }
        catch (InvalidDataException)
        {
            throw Error(_source.Position, "damaged packed image data", "an intact zlib stream");
        }

        byte[] samples = new PngRows(_source, _header, rows, ClearColor()).Unpack();
        return _header.Palette ? ApplyPalette(samples)
            : new Image(_header.Width, _header.Height, _header.Channels + (_transparency.Length > 0 ? 1 : 0), samples);
    }

    /// <summary>The samples of the color that is transparent, as stored; none if there is none.</summary>
    private int[] ClearColor()
    {
        if (_header.Palette) return [];
        int[] color = new int[_transparency.Length / 2]; // bits that a sample does not have are not looked at
        for (int c = 0; c < color.Length; c++)
            color[c] = BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(2 * c)) & (1 << _header.Bits) - 1;
        return color;
    }

    private Image ApplyPalette(byte[] indices)
    {
        int channels = _transparency.Length > 0 ? 4 : 3, colors = _palette.Length / 3;
        byte[] samples = new byte[checked(indices.Length * channels)];
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if (index >= colors)
                throw Error(_source.Position, $"the palette index {index}", $"0 to {colors - 1}, the palette's {colors} colors");
            _palette.AsSpan(3 * index, 3).CopyTo(samples.AsSpan(i * channels));
            if (channels == 4) samples[i * 4 + 3] = index < _transparency.Length ? _transparency[index] : (byte)255;
        }

        return new Image(_header.Width, _header.Height, channels, samples);
    }

    private static string Name(ReadOnlySpan<byte> type) =>
        type.ContainsAnyExceptInRange((byte)'A', (byte)'z') ? Convert.ToHexStringLower(type) : Encoding.ASCII.GetString(type);

    private FormatException Error(long at, string found, string expected) =>
        _source.Error(at, found, expected, "save the image again as PNG");
}
