namespace Hebb.Files;

/// <summary>Undoes the row filters of a PNG and spreads its packed, possibly interlaced samples out to one byte each.</summary>
internal readonly ref struct PngRows(ByteSource source, PngHeader header, byte[] rows)
{
    /// <summary>height x width x channels samples; palette indices are not stretched.</summary>
    public byte[] Unpack()
    {
        byte[] samples = new byte[header.Width * header.Height * header.Channels];
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
            Spread(row, samples.AsSpan(), (y * header.Width + x) * header.Channels, width, dx);
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

    private void Spread(ReadOnlySpan<byte> row, Span<byte> samples, int first, int width, int dx)
    {
        int channels = header.Channels, bits = header.Bits;
        int stretch = header.Palette || bits >= 8 ? 1 : 255 / ((1 << bits) - 1);
        for (int i = 0; i < width * channels; i++)
        {
            int value = bits switch
            {
                8 => row[i],
                16 => row[2 * i],
                _ => (row[i * bits / 8] >> (8 - bits - i * bits % 8) & (1 << bits) - 1) * stretch,
            };
            samples[first + i / channels * dx * channels + i % channels] = (byte)value;
        }
    }
}
