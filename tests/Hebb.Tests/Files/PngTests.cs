using System.Buffers.Binary;
using System.IO.Compression;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class PngTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_number_of_channels_survives_a_round_trip(int channels)
    {
        byte[] samples = new byte[7 * 5 * channels];
        new Random(channels).NextBytes(samples);
        using TestFolder folder = new();
        Png.Write(folder["a.png"], new Image(7, 5, channels, samples));
        Image read = Png.Read(folder["a.png"]);
        Assert.Equal((7, 5, channels), (read.Width, read.Height, read.Channels));
        Assert.Equal(samples, read.Samples.ToArray());
    }

    [Fact]
    public void Every_row_filter_is_undone()
    {
        byte[] samples = new byte[9 * 5 * 3];
        new Random(5).NextBytes(samples);
        byte[] rows = new byte[5 * 28];
        for (int y = 0; y < 5; y++)
        {
            rows[y * 28] = (byte)y; // the filter of this number
            for (int i = 0; i < 27; i++)
            {
                int a = i < 3 ? 0 : samples[y * 27 + i - 3], b = y == 0 ? 0 : samples[(y - 1) * 27 + i],
                    c = i < 3 || y == 0 ? 0 : samples[(y - 1) * 27 + i - 3];
                int p = a + b - c;
                int nearest = new[] { a, b, c }.MinBy(x => Math.Abs(p - x));
                int predicted = y switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest };
                rows[y * 28 + 1 + i] = (byte)(samples[y * 27 + i] - predicted);
            }
        }

        Assert.Equal(samples, Read(MakePng(9, 5, 8, 2, 0, rows)).Samples.ToArray());
    }

    [Fact]
    public void Few_bits_are_stretched_and_sixteen_keep_the_high_byte()
    {
        Assert.Equal([0, 255, 255, 0, 255], Read(MakePng(5, 1, 1, 0, 0, [0, 0b01101000])).Samples.ToArray());
        Assert.Equal([0, 85, 170, 255, 85], Read(MakePng(5, 1, 2, 0, 0, [0, 0b00011011, 0b01000000])).Samples.ToArray());
        Assert.Equal([17, 255], Read(MakePng(2, 1, 4, 0, 0, [0, 0x1f])).Samples.ToArray());
        Assert.Equal([0x12, 0xab], Read(MakePng(2, 1, 16, 0, 0, [0, 0x12, 0x34, 0xab, 0xcd])).Samples.ToArray());
    }

    [Fact]
    public void Palettes_become_colors_and_their_transparency_alpha()
    {
        byte[] palette = Chunk("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Image rgb = Read(MakePng(3, 1, 2, 3, 0, [0, 0b00011000], palette));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], rgb.Samples.ToArray());
        Image rgba = Read(MakePng(2, 1, 8, 3, 0, [0, 2, 0], [.. palette, .. Chunk("tRNS", [100])]));
        Assert.Equal([7, 8, 9, 255, 1, 2, 3, 100], rgba.Samples.ToArray());
        Assert.Contains("palette index 3", Refused(MakePng(1, 1, 8, 3, 0, [0, 3], palette)), StringComparison.Ordinal);
    }

    [Fact]
    public void OneTransparentColorBecomesAlpha()
    {
        byte[] gray = Chunk("tRNS", [0, 2]), wide = Chunk("tRNS", [0x12, 0x34]), color = Chunk("tRNS", [0, 1, 0, 2, 0, 3]);
        Assert.Equal([1, 255, 2, 0, 3, 255], Samples(MakePng(3, 1, 8, 0, 0, [0, 1, 2, 3], gray)));
        Assert.Equal([0, 255, 170, 0], Samples(MakePng(2, 1, 2, 0, 0, [0, 0b00100000], gray)));
        // Of the color only the bits that a sample has count.
        Assert.Equal([255, 0, 0, 255], Samples(MakePng(2, 1, 1, 0, 0, [0, 0b10000000], Chunk("tRNS", [0xff, 0xff]))));
        // All 16 bits must agree, though only the high byte is kept.
        Assert.Equal([0x12, 0, 0x12, 255], Samples(MakePng(2, 1, 16, 0, 0, [0, 0x12, 0x34, 0x12, 0x35], wide)));
        Assert.Equal([1, 2, 3, 0, 1, 2, 4, 255], Samples(MakePng(2, 1, 8, 2, 0, [0, 1, 2, 3, 1, 2, 4], color)));
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 255],
            Samples(MakePng(2, 1, 16, 2, 0, [0, 0, 1, 0, 2, 0, 3, 1, 1, 0, 2, 0, 3], color)));
        // Interlaced: the first pass has the pixel (0, 0), the sixth (1, 0).
        Assert.Equal([2, 0, 7, 255], Samples(MakePng(2, 1, 8, 0, 1, [0, 2, 0, 7], gray)));
    }

    [Fact]
    public void ABackgroundShowsThrough()
    {
        byte[] palette = [.. Chunk("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9]), .. Chunk("tRNS", [0, 51])];
        Assert.Equal([255, 255, 255, 205, 205, 205, 7, 8, 9], On(MakePng(3, 1, 8, 3, 0, [0, 0, 1, 2], palette), Rgb.White));
        Assert.Equal([9, 9, 3], On(MakePng(3, 1, 8, 4, 0, [0, 1, 0, 2, 0, 3, 255]), new Rgb(9, 9, 9)));
        Assert.Equal([100, 50, 0, 1, 2, 3], On(MakePng(2, 1, 8, 6, 0, [0, 1, 2, 3, 0, 1, 2, 3, 255]), new Rgb(100, 50, 0)));
        Assert.Equal([0x40, 128], On(MakePng(2, 1, 16, 4, 0, [0, 0x40, 0, 0xff, 0xff, 0, 0, 0x7f, 0]), Rgb.White));
        Assert.Equal([255, 3], On(MakePng(2, 1, 8, 0, 0, [0, 2, 3], Chunk("tRNS", [0, 2])), Rgb.White));
        Assert.Equal([5], On(MakePng(1, 1, 8, 0, 0, [0, 5]), new Rgb(1, 2, 3)));

        static byte[] On(byte[] bytes, Rgb background) =>
            Png.Read(new MemoryStream(bytes), "x", background: background).Samples.ToArray();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 8)]
    [InlineData(13, 11)]
    public void Interlaced_images_are_put_together(int width, int height)
    {
        byte[] samples = new byte[width * height];
        new Random(9).NextBytes(samples);
        List<byte> rows = [];
        foreach ((int x0, int y0, int dx, int dy) in ((int, int, int, int)[])
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)])
        {
            for (int y = y0; y < height && x0 < width; y += dy)
            {
                rows.Add(0);
                for (int x = x0; x < width; x += dx) rows.Add(samples[y * width + x]);
            }
        }

        Assert.Equal(samples, Read(MakePng(width, height, 8, 0, 1, [.. rows])).Samples.ToArray());
    }

    [Fact]
    public void Damaged_files_are_refused_with_the_byte()
    {
        byte[] valid = MakePng(2, 2, 8, 0, 0, [0, 1, 2, 0, 3, 4]);
        Assert.Contains("PNG signature", Refused([1, .. valid[1..]]), StringComparison.Ordinal);
        Assert.Contains("check sum", Refused([.. valid[..24], 7, .. valid[25..]]), StringComparison.Ordinal);
        Assert.Contains("unpacked bytes", Refused(MakePng(2, 2, 8, 0, 0, [0, 1, 2, 0, 3])), StringComparison.Ordinal);
        Assert.Contains("unpacked bytes", Refused(MakePng(2, 2, 8, 0, 0, [0, 1, 2, 0, 3, 4, 5])), StringComparison.Ordinal);
        Assert.Contains("row filter 5", Refused(MakePng(2, 2, 8, 0, 0, [5, 1, 2, 0, 3, 4])), StringComparison.Ordinal);
        Assert.Contains("color type 2 with 4 bits", Refused(MakePng(2, 2, 4, 2, 0, [0])), StringComparison.Ordinal);
        Assert.Contains("0 x 2", Refused(MakePng(0, 2, 8, 0, 0, [0])), StringComparison.Ordinal);
        Assert.Contains("raise the limit", Refused(MakePng(int.MaxValue, int.MaxValue, 8, 6, 0, [0])), StringComparison.Ordinal);
        foreach ((int color, byte[] transparency) in ((int, byte[])[])[(0, [1]), (0, []), (2, [0, 1]), (3, []), (3, new byte[257])])
        {
            string found = Refused(MakePng(2, 2, 8, color, 0, [0], Chunk("tRNS", transparency)));
            Assert.Contains($"transparency of {transparency.Length} bytes", found, StringComparison.Ordinal);
        }

        foreach (int color in (int[])[4, 6])
        {
            string found = Refused(MakePng(2, 2, 8, color, 0, [0], Chunk("tRNS", [0, 1])));
            Assert.Contains("pixels have their own", found, StringComparison.Ordinal);
        }

        Assert.Contains("transparency for an image", Assert.Throws<FormatException>(() => Png.Read(
            new MemoryStream(MakePng(2, 2, 8, 0, 0, [0, 1, 2, 0, 3, 4], Chunk("tRNS", [0, 1]))), "x", limit: 7)).Message,
            StringComparison.Ordinal);
        Assert.Contains("expected more image data", Refused(MakePng(16000, 16000, 8, 0, 0, [0])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        string message = ReaderFuzz.Refused(MakePng(4, 4, 8, 0, 0, new byte[64 << 20]), stream => Png.Read(stream, "x"));
        Assert.Contains("more unpacked bytes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fuzz()
    {
        byte[] samples = new byte[6 * 6 * 3];
        new Random(3).NextBytes(samples);
        using MemoryStream stream = new();
        Png.Write(stream, new Image(6, 6, 3, samples));
        Assert.True(ReaderFuzz.Run(stream.ToArray(), s => Png.Read(s, "x")) > 2000);

        // With check sums mended the damage reaches the decoder.
        Random random = new(11);
        for (int round = 0; round < 2000; round++)
        {
            byte[] rows = new byte[random.Next(1, 60)];
            random.NextBytes(rows);
            for (int i = 0; i < rows.Length; i += 4) rows[i] &= 3;
            byte[] palette = [.. Chunk("PLTE", new byte[3 * random.Next(0, 9)]), .. Chunk("tRNS", new byte[random.Next(0, 8)])];
            byte[] bytes =
                MakePng(random.Next(0, 9), random.Next(0, 9), 1 << random.Next(5), random.Next(7), random.Next(2), rows, palette);
            try
            {
                Read(bytes);
            }
            catch (FormatException)
            {
            }
        }
    }

    private static byte[] Samples(byte[] bytes) => Read(bytes).Samples.ToArray();

    private static Image Read(byte[] bytes) => Png.Read(new MemoryStream(bytes), "x");

    private static string Refused(byte[] bytes) => ReaderFuzz.Refused(bytes, stream => Png.Read(stream, "x"));

    private static byte[] MakePng(int width, int height, int bits, int color, int interlaced, byte[] rows, byte[]? middle = null)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)color, (byte)interlaced);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(rows);
        return [0x89, .. "PNG"u8, 13, 10, 26, 10, .. Chunk("IHDR", header), .. middle ?? [], .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. type.Select(c => (byte)c), .. data], length = new byte[4], sum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.Append(0, body));
        return [.. length, .. body, .. sum];
    }
}
