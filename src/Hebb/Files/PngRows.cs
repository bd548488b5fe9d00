namespace Hebb.Files;

/// <summary>
/// Undoes the row filters of a PNG and spreads its packed, possibly interlaced samples out to one byte each. Where one color is
/// <paramref name="clear"/>, each pixel gets an opacity after its samples: 0 for that color, 255 for others.
/// </summary>
internal readonly ref struct PngRows(ByteSource source, PngHeader header, byte[] rows, int[] clear)
{
    private int Channels => header.Channels + (clear.Length > 0 ? 1 : 0);

    /// <summary>height x width x channels samples; palette indices are not stretched.</summary>
    public byte[] Unpack()
    {
        byte[] samples = new byte[header.Width * header.Height * Channels];
        int at = 0;
        if (!header.Interlaced) UnpackPass(ref at, samples, 0, 0, 1, 1);
        else
            foreach ((int x, int y, int dx, int dy) in PngHeader.Passes) UnpackPass(ref at, samples, x, y, dx, dy);
        return samples;
    }

    private void UnpackPass(ref int at, byte[] samples, int x, int y, int dx, int dy)
    {
        int width = (header.Width - x + dx - 1) / dx;
        if (width <= 0) return;
        int stride = header.Stride(width), pixel = Math.Max(1, header.Channels * header.Bits / 8);
        ReadOnlySpan<byte> above = new byte[stride];
        for (; y < header.Height; y += dy)
        {
            Span<byte> row = rows.AsSpan(at + 1, stride);
            Unfilter(rows[at], row, above, pixel);
            Spread(row, samples.AsSpan((y * header.Width + x) * Channels), width, dx);
            above = row;
            at += 1 + stride;
        }
    }

    /// <summary>Adds back the prediction from the left (a), above (b) and above left (c).</summary>
    private void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        for (int i = 0; i < row.Length && filter != 0; i++)
        {
            int a = i >= pixel ? row[i - pixel] : 0, b = above[i], c = i >= pixel ? above[i - pixel] : 0;
            row[i] += filter switch
            {
                1 => (byte)a,
                2 => (byte)b,
                3 => (byte)((a + b) / 2),
                4 => (byte)Paeth(a, b, c),
                _ => throw source.Error(source.Position, $"the row filter {filter}", "0 to 4", "save the image again as PNG"),
            };
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private void Spread(ReadOnlySpan<byte> row, Span<byte> samples, int width, int dx)
    {
        int stored = header.Channels, channels = Channels, bits = header.Bits;
        int stretch = header.Palette || bits >= 8 ? 1 : 255 / ((1 << bits) - 1);
        for (int i = 0; i < width * stored; i++)
        {
            int value = Stored(row, i);
            samples[i / stored * dx * channels + i % stored] = (byte)(bits == 16 ? value >> 8 : value * stretch);
        }

        for (int pixel = 0; clear.Length > 0 && pixel < width; pixel++)
            samples[pixel * dx * channels + stored] = IsClear(row, pixel) ? (byte)0 : (byte)255;
    }

    /// <summary>Whether a pixel has the transparent color in all of its bits.</summary>
    private bool IsClear(ReadOnlySpan<byte> row, int pixel)
    {
        for (int c = 0; c < clear.Length; c++)
            if (Stored(row, pixel * clear.Length + c) != clear[c]) return false;
        return true;
    }

    /// <summary>Sample i of a row in all of its bits.</summary>
    private int Stored(ReadOnlySpan<byte> row, int i)
    {
        int bits = header.Bits;
        return bits == 16 ? row[2 * i] << 8 | row[2 * i + 1] : row[i * bits / 8] >> (8 - bits - i * bits % 8) & (1 << bits) - 1;
    }
}
