using System.Buffers.Binary;
using Hebb.Files;
using StbImageSharp;

namespace Hebb.Cli;

/// <summary>
/// JPEG images, baseline and progressive, which a library decodes; it takes what is cut off for gray, so the file's segments are walked
/// first. The orientation that cameras note is not applied.
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
            throw Error(path, "a file of more than 256 MiB", "a smaller one");
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
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                RequireFrame(path, marker, bytes.Slice(at, length), bytes.Length);
                hasFrame = true;
            }

            at += Math.Max(2, length);
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
        if (frame.Length < 8) throw Error(path, "a JPEG frame that is too short", "an intact image");
        long height = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[5..]);
        if (frame[2] != 8) throw Error(path, $"samples of {frame[2]} bits", "8 bits");
        long samples = width * height * frame[7];
        if (samples == 0 || samples > Png.DefaultLimit || samples > (long)bytes * MostSamplesOfAByte)
            throw Error(path, $"an image of {width} x {height} in {bytes} bytes", "at least 1 x 1, at most 256 MiB, and its data");
    }

    private static FormatException CutOff(string path, ReadOnlySpan<byte> bytes) =>
        Error(path, $"the end of the file after {bytes.Length} bytes", "the end of the JPEG image");

    private static FormatException Error(string path, string found, string expected, Exception? inner = null) =>
        new($"'{path}': found {found}, expected {expected}; fetch the file or save the image again.", inner);
}
