using System.Text;

namespace Hebb.Files;

/// <summary>Binary PGM and PPM images (Netpbm P5 and P6) with up to 255 levels: the simplest files that image tools exchange.</summary>
public static class Pnm
{
    /// <summary>Reads a P5 (gray) or P6 (RGB) file; samples are stretched to 0..255.</summary>
    /// <exception cref="FormatException">
    /// The content is neither, is cut off, has more than 255 levels, or a sample above its own highest level; the message names the byte.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Image Read(string path)
    {
        using ByteSource source = ByteSource.Open(path, long.MaxValue, unpack: false);
        return Read(source);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Image Read(Stream stream, string name)
    {
        using ByteSource source = ByteSource.Over(stream, name, long.MaxValue, unpack: false);
        return Read(source);
    }

    /// <summary>Writes a gray image as P5 and an RGB image as P6.</summary>
    /// <exception cref="ArgumentException">The image has alpha, which the format does not have.</exception>
    public static void Write(string path, Image image) =>
        AtomicFile.Write(path, stream => Write(stream, image));

    /// <summary>Writes to a stream.</summary>
    /// <inheritdoc cref="Write(string, Image)" path="/exception"/>
    public static void Write(Stream stream, Image image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels is not (1 or 3))
            throw new ArgumentException(
                $"PGM and PPM have 1 or 3 channels and the image has {image.Channels}; call ToGray or ToRgb.", nameof(image));
        stream.Write(Encoding.ASCII.GetBytes($"P{(image.Channels == 1 ? 5 : 6)}\n{image.Width} {image.Height}\n255\n"));
        stream.Write(image.Samples);
    }

    private static Image Read(ByteSource source)
    {
        Span<byte> magic = stackalloc byte[2];
        if (source.Read(magic) < 2 || magic[0] != (byte)'P' || magic[1] is not ((byte)'5' or (byte)'6'))
            throw source.Error(0, "other bytes", "P5 or P6", "give a binary PGM or PPM image");
        int channels = magic[1] == (byte)'5' ? 1 : 3;
        int width = ReadNumber(source, "width", int.MaxValue), height = ReadNumber(source, "height", int.MaxValue);
        if ((long)width * height > ByteSource.LargestArray / channels)
            throw source.Error(2, $"an image of {width} x {height}", "an image that fits in memory", "scale it down");
        int levels = ReadNumber(source, "number of levels", 255);
        byte[] samples = source.TakeArray(ElementType.UInt8, [height, width, channels], "samples");
        source.ExpectEnd();
        int over = samples.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)levels);
        if (over >= 0)
            throw source.Error(
                source.Position - samples.Length + over, $"the sample {samples[over]}", $"at most {levels}, as the header says",
                "save the image again");
        for (int i = 0; levels < 255 && i < samples.Length; i++) samples[i] = (byte)((samples[i] * 255 + levels / 2) / levels);
        return new Image(width, height, channels, samples);
    }

    /// <summary>
    /// Reads a number and the one space after it; spaces and comments (from # to the end of the line) may come before it.
    /// </summary>
    private static int ReadNumber(ByteSource source, string what, int most)
    {
        Span<byte> one = stackalloc byte[1];
        long value = 0, first = source.Position;
        for (bool comment = false, digits = false; ;)
        {
            source.Fill(one, what);
            char c = (char)one[0];
            if (comment) comment = c != '\n';
            else if (char.IsAsciiDigit(c))
            {
                digits = true;
                value = value * 10 + (c - '0');
                if (value > most) break;
            }
            else if (digits && char.IsWhiteSpace(c) && value > 0) return (int)value;
            else if (!digits && c == '#') comment = true;
            else if (digits || !char.IsWhiteSpace(c)) break;
        }

        throw source.Error(first, $"a {what} that is no number from 1 to {most}", "a binary PGM or PPM header", "save the image again");
    }
}
