namespace Hebb.Files;

/// <summary>
/// Finds out what separates the cells of a CSV file: the one of comma, semicolon, tab and bar that cuts the first rows into equally many
/// cells, most of all; a comma if none cuts them.
/// </summary>
internal static class CsvSeparator
{
    private const int Prefix = 1 << 16, Rows = 20;

    private static readonly char[] s_known = [',', ';', '\t', '|'];

    public static char Of(ByteSource source)
    {
        byte[] bytes = new byte[Prefix];
        int length = source.Read(bytes);
        // A row that is cut off says nothing, and a character neither.
        if (length == Prefix) length = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        char best = ',';
        int most = 1;
        foreach (char separator in s_known)
        {
            int cells = Cells(bytes.AsSpan(0, length).ToArray(), separator);
            if (cells <= most) continue;
            (best, most) = (separator, cells);
        }
        return best;
    }

    /// <summary>Into how many cells a separator cuts each of the first rows; 0 if not into equally many.</summary>
    private static int Cells(byte[] bytes, char separator)
    {
        if (bytes.Length == 0) return 0;
        using MemoryStream stream = new(bytes);
        using ByteSource source = ByteSource.Over(stream, "rows", long.MaxValue, unpack: false);
        CsvRows rows = new(source, separator);
        int cells = 0;
        try
        {
            for (int i = 0; i < Rows && rows.Next(); i++)
            {
                if (i > 0 && rows.Count != cells) return 0;
                cells = rows.Count;
            }
            return cells;
        }
        catch (FormatException)
        {
            return 0; // quotes that make no sense so
        }
    }
}
