namespace Hebb.Files;

/// <summary>The first rows of a CSV file, from which its separator and its header are found out.</summary>
internal sealed class CsvPrefix
{
    private const int Block = 1 << 16, MostBytes = 1 << 22, Lines = 128, RowsForSeparator = 20, MostRows = 100;

    private static readonly char[] s_known = [',', ';', '\t', '|'];

    private readonly byte[] _bytes;
    private readonly int _length;

    private CsvPrefix(byte[] bytes, int length) => (_bytes, _length) = (bytes, length);

    /// <summary>Reads as much of a file as shows some rows.</summary>
    public static CsvPrefix Of(ByteSource source)
    {
        byte[] bytes = [];
        int length = 0, lines = 0;
        bool isWhole = false;
        while (!isWhole && lines < Lines && length < MostBytes)
        {
            Array.Resize(ref bytes, Math.Max(Block, 2 * length));
            int got = source.Read(bytes.AsSpan(length));
            lines += bytes.AsSpan(length, got).Count((byte)'\n');
            length += got;
            isWhole = length < bytes.Length;
        }
        // A row that is cut off says nothing, and a character neither.
        return new CsvPrefix(bytes, isWhole ? length : Array.LastIndexOf(bytes, (byte)'\n', length - 1) + 1);
    }

    /// <summary>
    /// The one of comma, semicolon, tab and bar that cuts the first rows into equally many cells, most of all; a comma if none cuts them.
    /// </summary>
    public char Separator()
    {
        char best = ',';
        int most = 1;
        foreach (char separator in s_known)
        {
            int cells = 0, rows = 0;
            bool isWhole = Look(separator, row =>
            {
                if (rows++ == 0) cells = row.Count;
                else if (row.Count != cells) cells = 0;
                return rows < RowsForSeparator && cells > most;
            });
            if (isWhole && cells > most) (best, most) = (separator, cells);
        }
        return best;
    }

    /// <summary>The first rows, up to the first that cannot be read.</summary>
    public IReadOnlyList<string[]> Rows(char separator)
    {
        List<string[]> found = [];
        Look(separator, row =>
        {
            found.Add(row.Cells());
            return found.Count < MostRows;
        });
        return found;
    }

    /// <summary>Shows rows as long as they are wanted; false if one of them has quotes that make no sense so.</summary>
    private bool Look(char separator, Func<CsvRows, bool> wantsMore)
    {
        if (_length == 0) return true;
        using MemoryStream stream = new(_bytes, 0, _length);
        using ByteSource source = ByteSource.Over(stream, "rows", long.MaxValue, unpack: false);
        CsvRows rows = new(source, separator);
        try
        {
            while (rows.Next() && wantsMore(rows)) { }
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
