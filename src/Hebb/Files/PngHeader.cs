using System.Buffers.Binary;

namespace Hebb.Files;

/// <summary>The IHDR chunk: size, samples of a pixel, bits of a sample, interlacing.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Channels, int Bits, bool Palette, bool Interlaced)
{
    /// <summary>The seven passes of Adam7: first column and row, and the steps between pixels.</summary>
    public static ReadOnlySpan<(int X, int Y, int Dx, int Dy)> Passes =>
        (ReadOnlySpan<(int, int, int, int)>)s_passes;

    private static readonly (int, int, int, int)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Whether pixels have an opacity of their own.</summary>
    public bool HasAlpha => Channels % 2 == 0;

    /// <summary>Bytes of a row of <paramref name="width"/> pixels without its filter byte.</summary>
    public int Stride(int width) => (int)(((long)width * Channels * Bits + 7) / 8);

    /// <summary>Bytes of all rows of all passes with their filter bytes.</summary>
    public long PackedRowsLength
    {
        get
        {
            if (!Interlaced) return Height * (1L + Stride(Width));
            long total = 0;
            foreach ((int x, int y, int dx, int dy) in Passes)
            {
                int width = (Width - x + dx - 1) / dx, height = (Height - y + dy - 1) / dy;
                if (width > 0 && height > 0) total += height * (1L + Stride(width));
            }

            return total;
        }
    }

    public static PngHeader Parse(ByteSource source, long at, byte[] data, long limit)
    {
        if (data.Length != 13) throw source.Error(at, $"a header of {data.Length} bytes", "13", "save the image again as PNG");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(4));
        int bits = data[8], color = data[9];
        int channels = color switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        bool allowed = bits switch
        {
            8 => channels > 0,
            16 => channels > 0 && color != 3,
            1 or 2 or 4 => color is 0 or 3,
            _ => false,
        };
        if (!allowed || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw source.Error(
                at + 8, $"color type {color} with {bits} bits, packing {data[10]}, filter {data[11]}, interlacing {data[12]}",
                "a combination that the PNG standard allows", "save the image again as PNG");
        }

        // Stored rows and the samples that they become, the larger of which counts: one byte a sample, four for a palette's pixel.
        Int128 bytes = (Int128)width * height * (color == 3 ? 4 : channels * Math.Max(1, bits / 8)) + height;
        if (width == 0 || height == 0)
            throw source.Error(at, $"an image of {width} x {height}", "at least 1 x 1", "save the image again as PNG");
        if (bytes > Math.Min(limit, ByteSource.LargestArray))
        {
            throw source.Error(at, $"an image of {width} x {height}, {bytes} bytes unpacked", $"at most {limit}",
                "scale it down, or raise the limit if it is meant to be that large");
        }

        return new PngHeader((int)width, (int)height, channels, bits, Palette: color == 3, Interlaced: data[12] == 1);
    }

    public override string ToString() => $"{Width} x {Height} x {Channels} at {Bits} bits";
}
