using System.Text;

namespace Hebb.Files;

/// <summary>
/// The bytes of text files on their way to what reads UTF-8. UTF-16 with a byte order mark is turned into it; other kinds of files are
/// refused by name.
/// </summary>
internal static class TextBytes
{
    /// <summary>What is read in place of a stream that can seek.</summary>
    /// <exception cref="FormatException">It begins as no text does.</exception>
    public static Stream Of(Stream stream, string name)
    {
        byte[] start = FileKind.Start(stream);
        if (FileKind.Of(start) is { } kind) throw NoText(name, kind);
        bool isBig = start is [0xFE, 0xFF, ..];
        return !isBig && start is not [0xFF, 0xFE, ..] ? stream : Encoding.CreateTranscodingStream(
            stream, new UnicodeEncoding(isBig, byteOrderMark: true, throwOnInvalidBytes: true), Encoding.UTF8);
    }

    /// <summary>Refuses a file that begins as no text does; a pipe is not looked at.</summary>
    /// <exception cref="FormatException">It begins so.</exception>
    public static void Require(string path)
    {
        if (FileKind.Of(path) is { } kind) throw NoText(path, kind);
    }

    private static FormatException NoText(string name, string kind) =>
        new($"'{name}' at byte 0: found {kind}, expected text in UTF-8; give a text file, saved as UTF-8.");

    /// <summary>What a reader says of bytes that are not UTF-8.</summary>
    /// <param name="name">The file.</param>
    /// <param name="line">The line that they are in, from 1.</param>
    /// <param name="error">What was found.</param>
    public static FormatException NotUtf8(string name, int line, DecoderFallbackException error)
    {
        byte wrong = error.BytesUnknown![0];
        string letter = wrong > 0xA0 ? $" ('{(char)wrong}' in Latin-1)" : "";
        return new FormatException($"'{name}' line {line}: found bytes that are not UTF-8, the first {wrong:x2}{letter}, "
            + "expected text in UTF-8; save the file as UTF-8.", error);
    }
}
