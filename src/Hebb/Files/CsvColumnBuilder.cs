using System.Globalization;

namespace Hebb.Files;

/// <summary>
/// Gathers the cells of one column. Until the first number they are codes of texts; with it they become numbers,
/// if all so far were missing.
/// </summary>
internal sealed class CsvColumnBuilder(string file, string name, int number, CsvKind? kind)
{
    private readonly List<double> _numbers = [];
    private readonly List<int> _codes = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private bool _isNumeric = kind == CsvKind.Numbers;
    private (string Text, int Line)? _text; // the first cell that is no number, and not missing in a column of numbers
    private (string Word, int Line)? _odd; // the first word that is missing in a column of numbers alone

    /// <summary>The place in the row, from 0.</summary>
    public int Place => number - 1;

    /// <summary>What was assumed about cells, in a sentence; null if nothing was.</summary>
    public string? Notice => !_isNumeric || _odd is not { } odd ? null
        : $"'{file}' line {odd.Line}, column {number} ('{name}'): '{odd.Word}' counts as a missing number; "
            + $"if it means something, give Categorical = {CsvTable.Quote(name, number)}.";

    public void Add(ReadOnlySpan<char> cell, bool isQuoted, int line)
    {
        bool isMissingNumber = MissingCells.InNumbers(cell);
        double value = double.NaN;
        if (kind is null or CsvKind.Numbers && !isMissingNumber)
        {
            bool isNumber = Csv.TryNumber(cell, out value);
            if (!isNumber && _isNumeric) throw NoNumber(cell, line);
            if (!isNumber) _text ??= (CsvFile.Clip(cell), line);
            else if (!_isNumeric) BecomeNumeric(cell, line);
        }

        if (isMissingNumber && _odd is null && cell.Length > 0 && !MissingCells.InCategories(cell, isQuoted: false))
            _odd = (cell.ToString(), line);
        if (_isNumeric) _numbers.Add(isMissingNumber ? double.NaN : value);
        else
        {
            bool isMissing = kind == CsvKind.Texts ? cell.Length == 0 : MissingCells.InCategories(cell, isQuoted);
            _codes.Add(isMissing ? -1 : Code(cell));
        }
    }

    /// <summary>The finished column; one without any value is numeric.</summary>
    public CsvColumn Build()
    {
        if (kind is null && !_isNumeric && _text is null) BecomeNumeric("", 0);
        if (_isNumeric) return new CsvColumn(name, number, [.. _numbers]);

        string[] categories = [.. _places.Keys];
        Array.Sort(categories, Compare);
        int[] sorted = new int[categories.Length];
        for (int i = 0; i < categories.Length; i++) sorted[_places[categories[i]]] = i;
        return new CsvColumn(name, number, [.. _codes.Select(code => code < 0 ? code : sorted[code])], categories);
    }

    private void BecomeNumeric(ReadOnlySpan<char> cell, int line)
    {
        if (_text is { } text)
            throw CsvTable.CellError(file, line, number, name, $"the number '{CsvFile.Clip(cell)}'",
                $"a text, as '{text.Text}' in line {text.Line} is no finite number",
                "correct one of the cells, leave it empty if the value is missing, "
                + $"or take all cells for categories (Categorical = {CsvTable.Quote(name, number)})");
        _isNumeric = true;
        _numbers.AddRange(Enumerable.Repeat(double.NaN, _codes.Count));
        _codes.Clear();
        _places.Clear();
    }

    private FormatException NoNumber(ReadOnlySpan<char> cell, int line) => CsvTable.CellError(
        file, line, number, name, $"'{CsvFile.Clip(cell)}'", "a number as in the rows above",
        "correct the cell, leave it empty if the value is missing, "
        + $"or make the column categorical (Categorical = {CsvTable.Quote(name, number)})");

    private int Code(ReadOnlySpan<char> cell)
    {
        var places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        if (places.TryGetValue(cell, out int code)) return code;
        places[cell] = _places.Count;
        return _places.Count - 1;
    }

    private static int Compare(string a, string b)
    {
        bool aIsNumber = long.TryParse(a, CultureInfo.InvariantCulture, out long x),
            bIsNumber = long.TryParse(b, CultureInfo.InvariantCulture, out long y);
        if (aIsNumber != bIsNumber) return aIsNumber ? -1 : 1;
        return aIsNumber && x != y ? x.CompareTo(y) : string.CompareOrdinal(a, b);
    }
}
