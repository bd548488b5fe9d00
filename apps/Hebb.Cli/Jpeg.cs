using System.Buffers.Binary;
using Hebb.Files;
using StbImageSharp;

namespace Hebb.Cli;

/// <summary>
/// JPEG images, baseline and progressive, which a library decodes. It takes what is cut off, or comes after a damaged table, for gray, so
/// the file's segments are walked and checked first. The orientation that cameras note is not applied.
/// </summary>
internal static class Jpeg
{
    private const int MostSamplesOfAByte = 4096; // a bit says at least that a block is like the last, and few components are stored whole

    /// <summary>The image formats that the tool reads.</summary>
    public static ImageFormats Formats { get; } = ImageFormats.BuiltIn.With(Read, ".jpg", ".jpeg");

    /// <summary>Reads a file: 1 channel if it is gray, otherwise 3.</summary>
    /// <exception cref="FormatException">The file is no JPEG, is cut off, damaged or too large; the message names it.</exception>
    public static Image Read(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > Png.DefaultLimit })
            throw new FormatException($"'{path}': found a file of more than 256 MiB, expected a smaller one; scale the image down.");
        byte[] bytes = File.ReadAllBytes(path);
        RequireWhole(path, bytes);
        try
        {
            ImageResult image = ImageResult.FromMemory(bytes);
            return new Image(image.Width, image.Height, (int)image.Comp, image.Data);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw Error(path, "damaged JPEG data", "an intact image", error);
        }
    }

    /// <summary>Walks the segments from the start of the image to its end.</summary>
    private static void RequireWhole(string path, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith([(byte)0xFF, (byte)0xD8])) throw Error(path, "other bytes", "the start of a JPEG image");
        bool hasFrame = false, hasScan = false;
        for (int at = 2; ;)
        {
            while (at + 1 < bytes.Length && bytes[at] == 0xFF && bytes[at + 1] == 0xFF) at++;
            if (at + 1 >= bytes.Length) throw CutOff(path, bytes);
            if (bytes[at] != 0xFF) throw Error(path, $"the byte {bytes[at]:x2} at {at}", "a JPEG marker");
            int marker = bytes[at + 1];
            at += 2;
            if (marker == 0xD9 && hasFrame && hasScan) return;
            if (marker == 0xD9) throw Error(path, "a JPEG without an image", "one");
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            int length = at + 1 < bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : 0;
            if (length > bytes.Length - at || at + 1 >= bytes.Length) throw CutOff(path, bytes);
            ReadOnlySpan<byte> body = bytes.Slice(at, length)[Math.Min(2, length)..];
            bool isSound = length >= 2 && marker switch
            {
                0xC4 => AreCodes(body),
                0xDB => AreSteps(body),
                0xDD => body.Length == 2,
                0xDA => hasFrame,
                (>= 0xE0 and <= 0xEF) or 0xFE => true,
                _ => !hasFrame,
            };
            if (!isSound) throw Error(path, $"a damaged or unknown JPEG segment {marker:x2} at {at - 2}", "an intact one");
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                RequireFrame(path, marker, body, bytes.Length);
                hasFrame = true;
            }

            at += length;
            if (marker != 0xDA) continue;
            hasScan = true;
            while (at + 1 < bytes.Length && (bytes[at] != 0xFF || bytes[at + 1] is 0 or (>= 0xD0 and <= 0xD7))) at++;
        }
    }

    /// <summary>Checks the kind and the size of an image.</summary>
    private static void RequireFrame(string path, int marker, ReadOnlySpan<byte> frame, int bytes)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2))
            throw Error(path, $"a JPEG of the kind {marker - 0xC0}", "a baseline or a progressive one");
        if (frame.Length < 6) throw Error(path, "a JPEG frame that is too short", "an intact image");
        long height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        if (frame[0] != 8) throw Error(path, $"samples of {frame[0]} bits", "8 bits");
        long samples = width * height * frame[5];
        if (samples > Png.DefaultLimit)
            throw new FormatException($"'{path}': found an image of {width} x {height}, expected at most 256 MiB unpacked; scale it down.");
        if (samples == 0 || samples > (long)bytes * MostSamplesOfAByte)
            throw Error(path, $"an image of {width} x {height} in {bytes} bytes", "at least 1 x 1, and its data");
    }

    /// <summary>
    /// Whether a segment holds whole tables of codes: class and number, how many codes there are of 1 to 16 bits, no more than can be told
    /// apart, and what each stands for.
    /// </summary>
    private static bool AreCodes(ReadOnlySpan<byte> tables)
    {
        while (tables.Length >= 17)
        {
            int codes = 0, free = 1;
            for (int bits = 1; bits <= 16; bits++)
            {
                codes += tables[bits];
                free = 2 * free - tables[bits];
                if (free < 0) return false;
            }

            if (tables[0] >> 4 > 1 || (tables[0] & 15) > 3 || codes > 256 || codes > tables.Length - 17) return false;
            tables = tables[(17 + codes)..];
        }

        return tables.IsEmpty;
    }

    /// <summary>Whether a segment holds whole tables of steps: precision and number, and 64 steps of one byte or two.</summary>
    private static bool AreSteps(ReadOnlySpan<byte> tables)
    {
        while (!tables.IsEmpty)
        {
            int length = 1 + 64 * (1 + (tables[0] >> 4));
            if (tables[0] >> 4 > 1 || (tables[0] & 15) > 3 || length > tables.Length) return false;
            tables = tables[length..];
        }

        return true;
    }

    private static FormatException CutOff(string path, ReadOnlySpan<byte> bytes) =>
        Error(path, $"the end of the file after {bytes.Length} bytes", "the end of the JPEG image");

    private static FormatException Error(string path, string found, string expected, Exception? inner = null) =>
        new($"'{path}': found {found}, expected {expected}; fetch the file or save the image again.", inner);
}
