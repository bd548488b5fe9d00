namespace Hebb.Files;

/// <summary>The first rows of a CSV file, from which its separator and its header are found out.</summary>
internal sealed class CsvPrefix
{
    private const int Block = 1 << 16, MostBytes = 1 << 22, LineEnds = 256, RowsForSeparator = 20, MostRows = 100;

    private static readonly char[] s_known = [',', ';', '\t', '|'];

    private readonly byte[] _bytes;
    private readonly int _length;

    private CsvPrefix(byte[] bytes, int length) => (_bytes, _length) = (bytes, length);

    /// <summary>Reads as much of a file as shows some rows.</summary>
    public static CsvPrefix Of(ByteSource source)
    {
        byte[] bytes = [];
        int length = 0, ends = 0;
        bool isWhole = false;
        while (!isWhole && ends < LineEnds && length < MostBytes)
        {
            Array.Resize(ref bytes, Math.Max(Block, 2 * length));
            int got = source.Read(bytes.AsSpan(length));
            ends += bytes.AsSpan(length, got).Count((byte)'\n') + bytes.AsSpan(length, got).Count((byte)'\r');
            length += got;
            isWhole = length < bytes.Length;
        }
        // A row that is cut off says nothing, and a character neither.
        return new CsvPrefix(bytes, isWhole ? length : bytes.AsSpan(0, length).LastIndexOfAny((byte)'\n', (byte)'\r') + 1);
    }

    /// <summary>
    /// The one of comma, semicolon, tab and bar that cuts most of the first rows as it cuts the first of all, and leaves the fewest cells
    /// that another one would cut; of several, the one that makes most cells. If it is better not to cut, one that does not.
    /// </summary>
    /// <param name="point">What stands before decimals: if it is a comma, that parts cells only where there are quotes.</param>
    /// <param name="isOfTabs">Whether the file is called as those are that hold tabs: they are taken if they cut at all.</param>
    public char Separator(char point, bool isOfTabs)
    {
        if (isOfTabs && Fitness('\t', asOne: false) is { Fitness: > 0, Cells: > 1 }) return '\t';
        bool areDecimals = point == ',' && !_bytes.AsSpan(0, _length).Contains((byte)'"');
        (char best, double most, int cells) = (isOfTabs ? '\t' : areDecimals ? ';' : ',', Fitness(',', asOne: true).Fitness, 1);
        foreach (char separator in s_known)
        {
            if (areDecimals && separator == ',') continue;
            (double fitness, int count) = Fitness(separator, asOne: false);
            if (count > 1 && (fitness > most || (fitness == most && count > cells))) (best, most, cells) = (separator, fitness, count);
        }
        return best;
    }

    /// <summary>The share of rows that are cut like the first times that of cells which look whole, and the cells of the first.</summary>
    private (double Fitness, int Cells) Fitness(char separator, bool asOne)
    {
        int first = 0, rows = 0, alike = 0;
        long cells = 0, whole = 0;
        bool isRead = Look(separator, row =>
        {
            if (rows++ == 0) first = asOne ? 1 : row.Count;
            if (row.Count == first) alike++;
            cells += row.Count;
            for (int i = 0; i < row.Count; i++)
                if (row.IsQuoted(i) || IsWhole(row[i], separator)) whole++;
            return rows < RowsForSeparator;
        });
        if (!isRead) rows++; // the row that makes no sense
        return (cells == 0 ? 0 : (double)alike / rows * whole / cells, first);
    }

    /// <summary>
    /// Whether a cell holds no other separator. A comma may also stand in a number or before a space, as in prose.
    /// </summary>
    private static bool IsWhole(ReadOnlySpan<char> cell, char separator)
    {
        if (!cell.ContainsAny(s_known)) return true;
        foreach (char other in s_known)
        {
            int at = cell.IndexOf(other);
            if (other == separator || at < 0) continue;
            if (other != ',' || !(CsvNumbers.TryParse(cell, ',', out _) || (at + 1 < cell.Length && cell[at + 1] == ' '))) return false;
        }
        return true;
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
