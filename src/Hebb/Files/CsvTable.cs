using System.Globalization;

namespace Hebb.Files;

/// <summary>The columns of a CSV file, in the file's order, all of the same length.</summary>
public sealed class CsvTable
{
    private readonly int[] _lines;

    internal CsvTable(string name, IReadOnlyList<CsvColumn> columns, int[] lines)
    {
        Name = name;
        Columns = columns;
        _lines = lines;
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name { get; }

    /// <summary>The columns, left to right.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>The number of data rows, at least one.</summary>
    public int RowCount => _lines.Length;

    /// <summary>The line of the file, counted from 1, on which a data row begins.</summary>
    public int LineOf(int row) => _lines[row];

    /// <summary>The name of a column, counted from 0, to which the file gives none.</summary>
    internal static string NameOf(int column) => string.Create(CultureInfo.InvariantCulture, $"column{column + 1}");

    /// <summary>The column of that name or, if no column has it, of that number counted from 1.</summary>
    /// <exception cref="FormatException">There is no such column; the message lists the names.</exception>
    public CsvColumn Column(string nameOrNumber)
    {
        int index = IndexOf(Columns.Count, i => Columns[i].Name, nameOrNumber);
        return index >= 0 ? Columns[index] : throw NoSuchColumn(Name, [.. Columns.Select(column => column.Name)], nameOrNumber);
    }

    /// <summary>
    /// The one sentence for a cell that does not fit: file, line, column, what was found, what was expected, how to mend it.
    /// </summary>
    public FormatException Error(int row, CsvColumn column, string found, string expected, string mend)
    {
        ArgumentNullException.ThrowIfNull(column);
        return CellError(Name, LineOf(row), column.Number, column.Name, found, expected, mend);
    }

    internal static int IndexOf(int count, Func<int, string> name, string nameOrNumber)
    {
        for (int i = 0; i < count; i++)
            if (string.Equals(name(i), nameOrNumber, StringComparison.Ordinal)) return i;
        return int.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= count
            ? number - 1
            : -1;
    }

    internal static FormatException NoSuchColumn(string file, IReadOnlyList<string> names, string wanted) =>
        new($"'{file}' has no column '{wanted}'; "
            + $"give one of {string.Join(", ", names.Take(50))}{(names.Count > 50 ? ", ..." : "")}, or a number from 1 to {names.Count}.");

    internal static FormatException CellError(string file, int line, int number, string name, string found, string expected, string mend) =>
        new($"'{file}' line {line}, column {number} ('{name}'): found {found}, expected {expected}; {mend}.");
}
