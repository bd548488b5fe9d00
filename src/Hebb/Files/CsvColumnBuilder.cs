using System.Globalization;

namespace Hebb.Files;

/// <summary>
/// Gathers the cells of one column. Until the first number they are codes of texts; with it they become numbers,
/// if all so far were missing.
/// </summary>
internal sealed class CsvColumnBuilder(CsvFile file, string name, int number, CsvKind? kind)
{
    private readonly List<double> _numbers = [];
    private readonly List<int> _codes = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private bool _isNumeric = kind == CsvKind.Numbers;
    private (string Text, int Line)? _text; // the first cell that is no number, and not missing in a column of numbers
    private (string Text, int Line)? _number; // the first cell that is a number
    private (string Word, int Line)? _odd; // the first word that is missing in a column of numbers alone
    private bool _isOddQuoted;
    private (string Word, int Line)? _missing; // the first word that is missing in a column of categories
    private (string Text, double Number, int Line)? _code; // the first number that is written as codes are

    /// <summary>The place in the row, from 0.</summary>
    public int Place => number - 1;

    /// <summary>What was assumed about cells, in sentences.</summary>
    public IEnumerable<string> Notices()
    {
        string mend = kind is null ? $"give Categorical = {CsvTable.Quote(name, number)}" : "correct the cell";
        if (_isNumeric)
        {
            if (_odd is { } odd) yield return Notice(odd.Line, $"'{odd.Word}' counts as a missing number; if it means something, {mend}");
            if (_code is { } code)
                yield return Notice(code.Line, $"'{code.Text}' counts as the number {code.Number}; if it is a code, {mend}");
        }
        else
        {
            if (_missing is { } missing)
                yield return Notice(missing.Line, $"'{missing.Word}' counts as a missing cell; if it means something, put it in quotes");
            if (_odd is { } odd && kind is null && !_isOddQuoted)
                yield return Notice(odd.Line, $"'{odd.Word}' counts as a category; if the value is missing, leave the cell empty, "
                    + "and else put it in quotes");
        }

        string Notice(int line, string text) => CsvTable.CellNotice(file.Name, line, number, name, text);
    }

    public void Add(ReadOnlySpan<char> cell, bool isQuoted, int line)
    {
        bool isMissingNumber = MissingCells.InNumbers(cell);
        double value = double.NaN;
        if (kind is null or CsvKind.Numbers && !isMissingNumber)
        {
            bool isNumber = CsvNumbers.TryParse(cell, file.Decimal, out value);
            if (isNumber) _number ??= (CsvFile.Clip(cell), line);
            else _text ??= (CsvFile.Clip(cell), line);
            if (_text is { } text && (_isNumeric || isNumber)) throw Mixed(text.Text, text.Line);
            if (isNumber && !_isNumeric) BecomeNumeric();
            if (isNumber && kind is null && _code is null && CsvNumbers.IsCode(cell, value)) _code = (CsvFile.Clip(cell), value, line);
        }

        if (isMissingNumber && _odd is null && cell.Length > 0 && !MissingCells.InCategories(cell, isQuoted: false))
            (_odd, _isOddQuoted) = ((cell.ToString(), line), isQuoted);
        if (_isNumeric) _numbers.Add(isMissingNumber ? double.NaN : value);
        else
        {
            bool isMissing = kind == CsvKind.Texts ? cell.Length == 0 : MissingCells.InCategories(cell, isQuoted);
            if (isMissing && cell.Length > 1) _missing ??= (cell.ToString(), line); // a lone question mark says it by itself
            _codes.Add(isMissing ? -1 : Code(cell));
        }
    }

    /// <summary>The finished column; one without any value is numeric.</summary>
    public CsvColumn Build()
    {
        if (kind is null && !_isNumeric && _text is null) BecomeNumeric();
        if (_isNumeric) return new CsvColumn(name, number, [.. _numbers]);

        string[] categories = [.. _places.Keys];
        Array.Sort(categories, Compare);
        int[] sorted = new int[categories.Length];
        for (int i = 0; i < categories.Length; i++) sorted[_places[categories[i]]] = i;
        return new CsvColumn(name, number, [.. _codes.Select(code => code < 0 ? code : sorted[code])], categories)
        {
            MissingWord = _missing,
        };
    }

    private void BecomeNumeric()
    {
        _isNumeric = true;
        _numbers.AddRange(Enumerable.Repeat(double.NaN, _codes.Count));
        _missing = null;
        _codes.Clear();
        _places.Clear();
    }

    /// <summary>A text in a column of numbers: whichever came first, the message names the text, and a number to compare it with.</summary>
    private FormatException Mixed(string text, int line)
    {
        string like = _number is { } known ? $", as '{known.Text}' in line {known.Line}" : "";
        string mend = CsvNumbers.Mend(_number is { } other ? [text, other.Text] : [text], file.Decimal)
            ?? "correct the cell, leave it empty if the value is missing";
        if (kind is null) mend += $", or take all cells for categories (Categorical = {CsvTable.Quote(name, number)})";
        return CsvTable.CellError(file.Name, line, number, name, $"'{text}'", $"a number{like}", mend);
    }

    private int Code(ReadOnlySpan<char> cell)
    {
        var places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        if (places.TryGetValue(cell, out int code)) return code;
        places[cell] = _places.Count;
        return _places.Count - 1;
    }

    private static int Compare(string a, string b)
    {
        bool aIsNumber = NumberText.TryRead(a, NumberStyles.Integer, out long x),
            bIsNumber = NumberText.TryRead(b, NumberStyles.Integer, out long y);
        if (aIsNumber != bIsNumber) return aIsNumber ? -1 : 1;
        return aIsNumber && x != y ? x.CompareTo(y) : string.CompareOrdinal(a, b);
    }
}
