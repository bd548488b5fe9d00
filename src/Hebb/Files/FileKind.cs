namespace Hebb.Files;

/// <summary>What a file holds by its first bytes, for messages about files that were taken for others.</summary>
internal static class FileKind
{
    /// <summary>What a PNG image is called.</summary>
    public const string Png = "a PNG image";

    private const string Jpeg = "a JPEG image", Pnm = "a PGM or PPM image";
    private const int Looked = 64;

    /// <summary>Whether a file is of a kind of image that can be read.</summary>
    public static bool IsImage(string? kind) => kind is Png or Jpeg or Pnm;

    /// <summary>What the file at a path holds. A pipe is not looked at, since its bytes come only once.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string? Of(string path)
    {
        // Opening a named pipe and closing it again would end who writes into it.
        if (File.Exists(path) && new FileInfo(path).Length == 0) return null;
        using FileStream file = ByteSource.OpenAsItIs(path);
        return file.CanSeek ? Of(file) : null;
    }

    /// <summary>What a file that can seek holds; null for text, for an empty file and for what is not known.</summary>
    public static string? Of(Stream stream) => Of(Start(stream));

    /// <summary>What begins so; null for text, for nothing and for what is not known.</summary>
    public static string? Of(ReadOnlySpan<byte> start) =>
        start is [0x1F, 0x8B, ..] or [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] and not [_, _, 0, 0, ..] ? null // gzip, UTF-16 with its mark
        : start.StartsWith(Files.Png.Signature) ? Png
        : start is [0xFF, 0xD8, 0xFF, ..] ? Jpeg
        : start is [(byte)'P', (byte)'5' or (byte)'6', <= 32, (byte)'#' or (>= (byte)'0' and <= (byte)'9'), ..] ? Pnm
        : start.StartsWith("GIF8"u8) ? "a GIF image"
        : start.StartsWith("PK\u0003\u0004"u8) ? "a zip archive or an office document"
        : start.StartsWith("%PDF-"u8) ? "a PDF document"
        : start.Contains((byte)0) ? "binary data or UTF-16 without a mark"
        : null;

    /// <summary>The first bytes of what can seek and stays where it is.</summary>
    public static byte[] Start(Stream stream)
    {
        byte[] start = new byte[Looked];
        int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position -= got;
        return start[..got];
    }
}
