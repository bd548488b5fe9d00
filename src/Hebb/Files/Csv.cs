namespace Hebb.Files;

/// <summary>
/// CSV files (RFC 4180): UTF-8 or marked UTF-16, cells in double quotes where they hold separators, quotes (doubled) or line ends.
/// A gzip stream around the file is unpacked. Spaces around a cell without quotes are dropped, empty lines are skipped.
/// <para>
/// A column is numeric if all its cells are finite numbers (as 1.5 by default) or missing, categorical if none is a number; one with both
/// is refused unless it is forced to be categorical. In a column of numbers a cell is missing if it is empty, <c>?</c>, <c>-</c>, <c>.</c>
/// or, in any case, <c>NA</c>, <c>N/A</c>, <c>#N/A</c>, <c>NaN</c>, <c>null</c> or <c>none</c>. In a column of categories it is missing if
/// it is empty or, unless it is in quotes, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>n/a</c>, <c>#N/A</c>, <c>NaN</c>, <c>nan</c>, <c>null</c>
/// or <c>NULL</c>; quotes make a category of any word. In a column of texts only an empty cell is missing.
/// </para>
/// </summary>
public static class Csv
{
    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Separator, header, forced kinds of columns; null finds out from the file.</param>
    /// <exception cref="FormatException">
    /// The file has no data rows, rows of different lengths, texts and numbers in one column, quotes that do not match, two columns of one
    /// name, or is not UTF-8; the message names line and column.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        using CsvFile file = CsvFile.Open(path, options);
        return Read(file, options);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, CsvOptions?)" path="/exception"/>
    public static CsvTable Read(Stream stream, string name, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        using CsvFile file = CsvFile.Over(stream, name, options);
        return Read(file, options);
    }

    private static CsvTable Read(CsvFile file, CsvOptions options)
    {
        CsvKind?[] kinds = Kinds(file, options);
        CsvColumnBuilder[] columns =
        [
            .. file.Names.Select((name, i) => new CsvColumnBuilder(file, name, i + 1, kinds[i]))
                .Where((_, i) => kinds[i] != CsvKind.Dropped),
        ];
        List<int> lines = [];
        while (file.Next())
        {
            foreach (CsvColumnBuilder column in columns) column.Add(file[column.Place], file.IsQuoted(column.Place), file.Line);
            lines.Add(file.Line);
        }

        CsvColumn[] built = [.. columns.Select(column => column.Build())];
        return new CsvTable(file.Name, file.Names, built, [.. lines])
        {
            Notices = [.. file.Notices, .. columns.SelectMany(column => column.Notices())],
            Decimal = file.Decimal,
        };
    }

    private static CsvKind?[] Kinds(CsvFile file, CsvOptions options)
    {
        CsvKind?[] kinds = options.Kinds?.Invoke(file.Names) ?? [.. Enumerable.Repeat(options.Others, file.Names.Length)];
        Force(options.Categorical, CsvKind.Categories);
        Force(options.Numeric, CsvKind.Numbers);
        Force(options.Texts, CsvKind.Texts);
        Force(options.Drop, CsvKind.Dropped);
        return kinds;

        void Force(IReadOnlyList<string> wanted, CsvKind kind)
        {
            foreach (string column in wanted)
            {
                int index = CsvTable.IndexOf(file.Names, column);
                kinds[index >= 0 ? index : throw CsvTable.NoSuchColumn(file.Name, file.Names, column)] = kind;
            }
        }
    }
}
