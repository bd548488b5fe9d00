namespace Hebb.Files;

/// <summary>
/// The lines of text files: UTF-8, or UTF-16 with a byte order mark, ended by LF, CR LF or CR; lines of white space only are left out, and
/// so is the mark. A gzip stream around the file is unpacked.
/// </summary>
public static class TextLines
{
    /// <summary>The most bytes that a line may have.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that the file may have, unpacked; 256 MiB by default.</param>
    /// <exception cref="FormatException">
    /// The file has no line, is not UTF-8, or is or has a line that is too long; the message names the line.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<string> Read(string path, long limit = 1L << 28)
    {
        using ByteSource source = ByteSource.OpenText(path, limit);
        return Read(source, limit);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, long)" path="/exception"/>
    public static IReadOnlyList<string> Read(Stream stream, string name, long limit = 1L << 28)
    {
        using ByteSource source = ByteSource.OverText(stream, name, limit);
        return Read(source, limit);
    }

    /// <summary>
    /// Reads a file of any size, packed with gzip or not, line after line as they are asked for; no more than one is held in memory.
    /// </summary>
    /// <exception cref="FormatException">
    /// The file has no line, is not UTF-8, or has a line that is too long; the message names the line. All lines before it have been given.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<string> Stream(string path)
    {
        using ByteSource source = ByteSource.OpenText(path, long.MaxValue);
        foreach (string line in Lines(source)) yield return line;
    }

    private static List<string> Read(ByteSource source, long limit)
    {
        source.RequireAtMost(limit, "text");
        return [.. Lines(source)];
    }

    private static IEnumerable<string> Lines(ByteSource source)
    {
        TextLineReader lines = new(source);
        string? line = lines.Next() ?? throw new FormatException(
            $"'{source.Name}' line 1: found no text, expected at least one line; give a file with text.");
        for (; line is not null; line = lines.Next()) yield return line;
    }
}
