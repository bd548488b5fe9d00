using System.Globalization;

namespace Hebb.Files;

/// <summary>The columns of a CSV file that were read, in the file's order, all of the same length.</summary>
public sealed class CsvTable
{
    private readonly int[] _lines;
    private readonly CsvColumn?[] _places;

    internal CsvTable(string name, IReadOnlyList<string> names, IReadOnlyList<CsvColumn> columns, int[] lines)
    {
        Name = name;
        Names = names;
        Columns = columns;
        _lines = lines;
        _places = new CsvColumn?[names.Count];
        foreach (CsvColumn column in columns) _places[column.Number - 1] = column;
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name { get; }

    /// <summary>The names of all columns of the file, left to right, also of those that were dropped.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What was assumed about the file, where it does not say for sure, each in a sentence that names the mend.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What stands before the decimals of numbers.</summary>
    internal char Decimal { get; init; } = '.';

    /// <summary>The columns that were read, left to right.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>The number of data rows, at least one.</summary>
    public int RowCount => _lines.Length;

    /// <summary>The line of the file, counted from 1, on which a data row begins.</summary>
    public int LineOf(int row) => _lines[row];

    /// <summary>The name of a column, counted from 0, to which the file gives none.</summary>
    internal static string NameOf(int column) => string.Create(CultureInfo.InvariantCulture, $"column{column + 1}");

    /// <summary>The column of that name or, if no column of the file has it, of that number counted from 1.</summary>
    /// <exception cref="FormatException">There is no such column, or it was dropped; the message says which there are.</exception>
    public CsvColumn Column(string nameOrNumber)
    {
        return Find(nameOrNumber) ?? throw new FormatException(
            $"The column '{nameOrNumber}' of '{Name}' was to be dropped and is needed; take it from the columns to drop.");
    }

    /// <summary>The column of that name or number as <see cref="Column"/> finds it; null if it was dropped.</summary>
    internal CsvColumn? Find(string nameOrNumber)
    {
        int index = IndexOf(Names, nameOrNumber);
        return index >= 0 ? At(index) : throw NoSuchColumn(Name, Names, nameOrNumber);
    }

    /// <summary>The column at a place of the file, from 0; null if it was dropped.</summary>
    internal CsvColumn? At(int place) => _places[place];

    /// <summary>
    /// The one sentence for a cell that does not fit: file, line, column, what was found, what was expected, how to mend it.
    /// </summary>
    public FormatException Error(int row, CsvColumn column, string found, string expected, string mend)
    {
        ArgumentNullException.ThrowIfNull(column);
        return CellError(Name, LineOf(row), column.Number, column.Name, found, expected, mend);
    }

    /// <summary>What an error says it found in a row where a category is missing.</summary>
    internal string Missing(int row, CsvColumn column) =>
        MissingCells.Found(column.MissingWord is { } known && known.Line == LineOf(row) ? known.Word : "");

    internal static int IndexOf(IReadOnlyList<string> names, string nameOrNumber)
    {
        for (int i = 0; i < names.Count; i++)
            if (string.Equals(names[i], nameOrNumber, StringComparison.Ordinal)) return i;
        return NumberText.TryRead(nameOrNumber, NumberStyles.None, out int number)
            && number >= 1 && number <= names.Count
            ? number - 1
            : -1;
    }

    /// <summary>
    /// How a setting names a column, as in <c>Drop = ["id"]</c>: by its number, if its name has marks that code or a shell read otherwise.
    /// </summary>
    internal static string Quote(string name, int number)
    {
        bool isPlain = name is not ['-', ..] && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');
        return $"[\"{(isPlain ? name : number.ToString(CultureInfo.InvariantCulture))}\"]";
    }

    internal static FormatException NoSuchColumn(string file, IReadOnlyList<string> names, string wanted)
    {
        string near = names.FirstOrDefault(name => Bare(name).Equals(Bare(wanted), StringComparison.OrdinalIgnoreCase)) is not { } name ? ""
            : Bare(name) == name ? $"did you mean {name}? " : $"the quotes in {name} belong to the name; ";
        // What holds a comma cannot be told from two names, neither here nor in a list of them.
        string[] known = [.. names.Select((name, i) => name.Contains(',') ? $"{i + 1} (for '{name}')" : name)];
        string cut = names.Count == 1 ? "; if something unusual parts its cells, say what, as in Separator = ' '" : "";
        return new FormatException($"'{file}' has no column '{wanted}'; {near}give one of {PlainText.List(known, 50)}, "
            + $"or a number from 1 to {names.Count}{cut}.");

        static string Bare(string name) => name.Trim('\'');
    }

    internal static FormatException CellError(string file, int line, int number, string name, string found, string expected, string mend) =>
        new(CellNotice(file, line, number, name, $"found {PlainText.Of(found)}, expected {expected}; {mend}"));

    internal static string CellNotice(string file, int line, int number, string name, string notice) =>
        $"'{file}' line {line}, column {number} ('{PlainText.Of(name)}'): {notice}.";
}
