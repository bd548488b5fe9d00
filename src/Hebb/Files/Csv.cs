using System.Globalization;

namespace Hebb.Files;

/// <summary>
/// CSV files (RFC 4180): UTF-8, cells in double quotes where they hold separators, quotes (doubled) or line ends.
/// A gzip stream around the file is unpacked. Spaces around a cell without quotes are dropped, empty lines are skipped.
/// A cell is missing if it is empty, <c>?</c> or <c>NA</c>. A column is numeric if its first cell that is
/// not missing is a finite number (invariant culture); then any other text in it is an error. Other columns are categorical.
/// </summary>
public static class Csv
{
    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Separator, header, forced kinds of columns; null finds out from the file.</param>
    /// <exception cref="FormatException">
    /// The file has no data rows, rows of different lengths, a text cell in a numeric column, quotes that do not match, two columns of one
    /// name, or is not UTF-8; the message names line and column.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        char separator = options.Separator ?? Separator(path);
        using ByteSource source = ByteSource.Open(path, options.Limit);
        return Read(source, separator, options);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, CsvOptions?)" path="/exception"/>
    public static CsvTable Read(Stream stream, string name, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        char separator = options.Separator ?? Separator(stream, name);
        using ByteSource source = ByteSource.Over(stream, name, options.Limit);
        return Read(source, separator, options);
    }

    private static char Separator(string path)
    {
        using ByteSource source = ByteSource.Open(path, long.MaxValue);
        return CsvSeparator.Of(source);
    }

    private static char Separator(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.CanSeek ? stream.Position : 0;
        using (ByteSource source = ByteSource.Over(stream, name, long.MaxValue))
        {
            char found = CsvSeparator.Of(source);
            stream.Position = start;
            return found;
        }
    }

    internal static bool IsMissing(ReadOnlySpan<char> cell) => cell is "" or "?" or "NA";

    internal static bool TryNumber(ReadOnlySpan<char> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static CsvTable Read(ByteSource source, char separator, CsvOptions options)
    {
        CsvRows rows = new(source, separator);
        if (!rows.Next())
            throw new FormatException($"'{source.Name}' line 1: found no rows, expected at least one; give a file with data.");
        (string[] Cells, int Line) first = (Cells(rows), rows.Line);
        bool more = rows.Next();
        bool header = options.Header ?? (options.KnownHeader?.Invoke(first.Cells) == true || (more && LooksLikeHeader(first.Cells, rows)));
        CsvColumnBuilder[] columns = MakeColumns(source.Name, first.Cells, header, options);

        List<int> lines = [];
        if (!header)
        {
            for (int i = 0; i < columns.Length; i++) columns[i].Add(first.Cells[i], first.Line);
            lines.Add(first.Line);
        }

        for (; more; more = rows.Next())
        {
            if (rows.Count != columns.Length)
            {
                throw new FormatException(
                    $"'{source.Name}' line {rows.Line}: found {rows.Count} cells, expected {columns.Length} as in line {first.Line}; "
                    + "add or remove cells, or quote a cell that holds a separator.");
            }

            for (int i = 0; i < columns.Length; i++) columns[i].Add(rows[i], rows.Line);
            lines.Add(rows.Line);
        }

        if (lines.Count == 0)
            throw new FormatException(
                $"'{source.Name}' line {first.Line}: found a header only, expected data rows below it; give a file with data.");
        return new CsvTable(source.Name, [.. columns.Select(column => column.Build())], [.. lines]);
    }

    private static bool LooksLikeHeader(string[] first, CsvRows second)
    {
        for (int i = 0; i < Math.Min(first.Length, second.Count); i++)
            if (!IsMissing(first[i]) && !TryNumber(first[i], out _) && TryNumber(second[i], out _)) return true;
        return false;
    }

    private static CsvColumnBuilder[] MakeColumns(string file, string[] first, bool header, CsvOptions options)
    {
        string[] names = Names(file, first, header, options);
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (!places.TryAdd(names[i], i))
                throw new FormatException($"'{file}' line 1: found the name '{names[i]}' in columns {places[names[i]] + 1} and {i + 1}, "
                    + "expected one of each; rename one.");
        }

        bool?[] numeric = options.Kinds?.Invoke(names) ?? new bool?[names.Length];
        Force(options.Categorical, false);
        Force(options.Numeric, true);
        return [.. names.Select((name, i) => new CsvColumnBuilder(file, name, i + 1, numeric[i]))];

        void Force(IReadOnlyList<string> wanted, bool isNumeric)
        {
            foreach (string column in wanted)
            {
                int index = CsvTable.IndexOf(names.Length, i => names[i], column);
                numeric[index >= 0 ? index : throw CsvTable.NoSuchColumn(file, names, column)] = isNumeric;
            }
        }
    }

    private static string[] Names(string file, string[] first, bool header, CsvOptions options)
    {
        if (!header && options.Names.Count > 0)
        {
            return options.Names.Count == first.Length
                ? [.. options.Names]
                : throw new FormatException(
                    $"'{file}' line 1: found {first.Length} cells, expected {options.Names.Count} ({string.Join(", ", options.Names)}); "
                    + "give the file that has these columns.");
        }

        return [.. first.Select((cell, i) => header && cell.Length > 0 ? cell : CsvTable.NameOf(i))];
    }

    private static string[] Cells(CsvRows rows)
    {
        string[] cells = new string[rows.Count];
        for (int i = 0; i < cells.Length; i++) cells[i] = rows[i].ToString();
        return cells;
    }
}
