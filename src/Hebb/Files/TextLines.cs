using System.Text;

namespace Hebb.Files;

/// <summary>
/// The lines of text files: UTF-8, ended by LF or CR LF; lines of white space only are left out, and so is a byte order mark. A gzip stream
/// around the file is unpacked.
/// </summary>
public static class TextLines
{
    /// <summary>The most bytes that a line may have.</summary>
    public const int LongestLine = 1 << 20;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that the file may have, unpacked; 256 MiB by default.</param>
    /// <exception cref="FormatException">
    /// The file has no line, is not UTF-8, or is or has a line that is too long; the message names the line.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<string> Read(string path, long limit = 1L << 28)
    {
        using ByteSource source = ByteSource.Open(path, limit);
        return Read(source, limit);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, long)" path="/exception"/>
    public static IReadOnlyList<string> Read(Stream stream, string name, long limit = 1L << 28)
    {
        using ByteSource source = ByteSource.Over(stream, name, limit);
        return Read(source, limit);
    }

    private static List<string> Read(ByteSource source, long limit)
    {
        byte[] bytes = source.TakeRest("text", limit);
        ReadOnlySpan<byte> rest = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        List<string> lines = [];
        for (int number = 1; rest.Length > 0; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (line.Length > LongestLine)
                throw new FormatException($"'{source.Name}' line {number}: found {line.Length} bytes, expected at most {LongestLine}; "
                    + "put each text on a line of its own.");
            string text = Text(source.Name, number, line.EndsWith("\r"u8) ? line[..^1] : line);
            if (!string.IsNullOrWhiteSpace(text)) lines.Add(text);
        }
        return lines.Count > 0
            ? lines
            : throw new FormatException($"'{source.Name}' line 1: found no text, expected at least one line; give a file with text.");
    }

    private static string Text(string file, int number, ReadOnlySpan<byte> line)
    {
        try
        {
            return s_utf8.GetString(line);
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException(
                $"'{file}' line {number}: found bytes that are not UTF-8, expected text in UTF-8; save the file as UTF-8.", error);
        }
    }
}
