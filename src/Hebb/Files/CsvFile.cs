namespace Hebb.Files;

/// <summary>A CSV file that is being read: separator and names of the columns are known, and row comes after row.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly CsvRows _rows;
    private readonly string[] _first;
    private readonly int _firstLine;
    private readonly bool _hasHeader, _hasNames; // whether the first row is no data, and whether a text of it shows that
    private readonly bool _mayMeanDecimals;
    private Stream? _owned; // closed with it
    private bool _isFirst; // the row that has been read is the first one and still to be given out
    private bool _hasRow;

    private CsvFile(ByteSource source, char separator, IReadOnlyList<string[]> look, CsvOptions options)
    {
        _source = source;
        Decimal = options.Decimal;
        _rows = new CsvRows(source, separator);
        if (!_rows.Next())
            throw new FormatException($"'{source.Name}' line 1: found no rows, expected at least one; give a file with data.");
        string[] first = _first = _rows.Cells();
        _mayMeanDecimals = separator == ',' && Decimal == '.' && options.Separator is null;
        _firstLine = _rows.Line;
        if ((options.Header ?? options.KnownHeader?.Invoke(first)) is { } known) _hasHeader = known;
        else
        {
            CsvHeader header = CsvHeader.Look(look);
            _hasHeader = header.IsHeader;
            if (header.Doubt is { } doubt) Notices = [Assumed(first, doubt)];
        }
        _hasNames = _hasHeader && first.Length > 1 && first.Any(CsvHeader.IsText);
        if (first.FirstOrDefault(cell => cell is ['\'', .., '\'']) is { } quoted)
            Notices = [.. Notices, $"'{Name}' line {_firstLine}: the quotes of {Clip(quoted)} count as a part of it; "
                + "put double quotes around cells, or none, unless they are meant so."];
        _isFirst = !_hasHeader;
        Names = NamesOf(first, options);
    }

    /// <summary>The file's name for messages.</summary>
    public string Name => _source.Name;

    /// <summary>What stands before the decimals of numbers.</summary>
    public char Decimal { get; }

    /// <summary>The names of all columns, without repetition.</summary>
    public string[] Names { get; }

    /// <summary>What was assumed about the file, in sentences.</summary>
    public IReadOnlyList<string> Notices { get; } = [];

    /// <summary>The line, from 1, on which the row begins.</summary>
    public int Line => _rows.Line;

    /// <summary>A cell of the row, until the next.</summary>
    public ReadOnlySpan<char> this[int cell] => _rows[cell];

    /// <summary>Whether a cell of the row is in quotes.</summary>
    public bool IsQuoted(int cell) => _rows.IsQuoted(cell);

    /// <summary>Opens a file, packed with gzip or not.</summary>
    public static CsvFile Open(string path, CsvOptions options)
    {
        FileStream file = ByteSource.OpenFile(path);
        try
        {
            return Over(file, path, options, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a stream that can seek and stays open.</summary>
    public static CsvFile Over(Stream stream, string name, CsvOptions options) => Over(stream, name, options, owned: null);

    private static CsvFile Over(Stream stream, string name, CsvOptions options, Stream? owned)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.CanSeek ? stream.Position : 0;
        CsvPrefix prefix;
        using (ByteSource look = ByteSource.OverText(stream, name, long.MaxValue)) prefix = CsvPrefix.Of(look);
        stream.Position = start;
        ByteSource source = ByteSource.OverText(stream, name, options.Limit);
        try
        {
            char separator = options.Separator ?? prefix.Separator(options.Decimal, isOfTabs: IsOfTabs(source.Name));
            return new CsvFile(source, separator, prefix.Rows(separator), options) { _owned = owned };
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next row of data; false at the end.</summary>
    /// <exception cref="FormatException">
    /// There is no data at all, or the row has more or fewer cells than the first, or names the columns once more.
    /// </exception>
    public bool Next()
    {
        bool has = _isFirst || _rows.Next();
        _isFirst = false;
        if (!has)
        {
            return _hasRow ? false : throw new FormatException(
                $"'{Name}' line {_firstLine}: found a header only, expected data rows below it; give a file with data.");
        }

        _hasRow = true;
        if (_rows.Count != Names.Length)
            throw new FormatException($"'{Name}' line {Line}: found {_rows.Count} cells, expected {Names.Length} as in line {_firstLine}; "
                + $"{MendOfCount()}.");
        return !_hasNames || !IsFirstAgain() ? true : throw new FormatException(
            $"'{Name}' line {Line}: found the names of the columns again, expected data; remove the line.");
    }

    private bool IsFirstAgain()
    {
        int cell = 0;
        while (cell < _first.Length && _rows[cell].SequenceEqual(_first[cell])) cell++;
        return cell == _first.Length;
    }

    /// <summary>What may be wrong where a row has another number of cells than the first.</summary>
    private string MendOfCount() =>
        _first[0].StartsWith('#') || _rows[0].StartsWith('#') ? "add or remove cells, or remove lines that are comments"
        : _mayMeanDecimals && Names.Length == 1 && _rows.Count == 2 && CsvNumbers.TryParse($"{_rows[0]},{_rows[1]}", ',', out _)
            ? "give Decimal = ',' if that is one number"
        : "add or remove cells, or quote a cell that holds a separator";

    /// <summary>Whether a file, packed or not, is called as those are that hold tabs between cells.</summary>
    private static bool IsOfTabs(string name)
    {
        string ending = Path.GetExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name);
        return ending.Equals(".tsv", StringComparison.OrdinalIgnoreCase) || ending.Equals(".tab", StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose()
    {
        _source.Dispose();
        _owned?.Dispose();
    }

    private string Assumed(string[] first, string doubt)
    {
        return $"'{Name}' line {_firstLine}: '{Clip(PlainText.List(first, most: 4))}' was taken for "
            + (_hasHeader ? $"the names of the columns, {doubt}; give Header = false if it is data."
                : $"data, {doubt}; give Header = true if it names the columns.");
    }

    internal static string Clip(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : $"{text[..60]}...";

    private string[] NamesOf(string[] first, CsvOptions options)
    {
        string[] names = [.. first.Select((cell, i) => _hasHeader && cell.Length > 0 ? cell : CsvTable.NameOf(i))];
        if (!_hasHeader && options.Names.Count > 0)
        {
            names = options.Names.Count == first.Length ? [.. options.Names] : throw new FormatException(
                $"'{Name}' line 1: found {first.Length} cells, expected {options.Names.Count} ({string.Join(", ", options.Names)}); "
                + "give the file that has these columns.");
        }

        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (!places.TryAdd(names[i], i))
            {
                int other = places[names[i]];
                bool isMadeUp = _hasHeader && (first[i].Length == 0 || first[other].Length == 0);
                throw new FormatException($"'{Name}' line {_firstLine}: found the name '{names[i]}' in columns {other + 1} and {i + 1}"
                    + $"{(isMadeUp ? ", for one of which it was made up" : "")}, expected one of each; rename one.");
            }
        }
        return names;
    }
}
