using System.Globalization;

namespace Hebb.Files;

/// <summary>Gathers the cells of one column and decides at the first one that is not missing whether it is numeric.</summary>
internal sealed class CsvColumnBuilder(string file, string name, int number, bool? numeric)
{
    private readonly List<double> _numbers = [];
    private readonly List<int> _codes = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private bool? _numeric = numeric;
    private int _missing; // cells before the kind is known

    public void Add(ReadOnlySpan<char> cell, int line)
    {
        double value = double.NaN;
        bool missing = Csv.IsMissing(cell), isNumber = !missing && Csv.TryNumber(cell, out value);
        if (_numeric is null)
        {
            if (missing)
            {
                _missing++;
                return;
            }

            _numeric = isNumber;
            for (int i = 0; i < _missing; i++) AddMissing();
        }

        if (missing) AddMissing();
        else if (_numeric == false) _codes.Add(Code(cell));
        else if (isNumber) _numbers.Add(value);
        else
        {
            throw CsvTable.CellError(file, line, number, name, $"'{Clip(cell)}'", "a number as in the rows above",
                "correct the cell, leave it empty if the value is missing, or make the column categorical");
        }
    }

    /// <summary>The finished column; one without any value is numeric.</summary>
    public CsvColumn Build()
    {
        if (_numeric is null)
        {
            _numeric = true;
            for (int i = 0; i < _missing; i++) AddMissing();
        }

        if (_numeric == true) return new CsvColumn(name, number, [.. _numbers]);

        string[] categories = [.. _places.Keys];
        Array.Sort(categories, Compare);
        int[] sorted = new int[categories.Length];
        for (int i = 0; i < categories.Length; i++) sorted[_places[categories[i]]] = i;
        return new CsvColumn(name, number, [.. _codes.Select(code => code < 0 ? code : sorted[code])], categories);
    }

    private void AddMissing()
    {
        if (_numeric == true) _numbers.Add(double.NaN);
        else _codes.Add(-1);
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
        bool aIsNumber = long.TryParse(a, CultureInfo.InvariantCulture, out long x),
            bIsNumber = long.TryParse(b, CultureInfo.InvariantCulture, out long y);
        if (aIsNumber != bIsNumber) return aIsNumber ? -1 : 1;
        return aIsNumber && x != y ? x.CompareTo(y) : string.CompareOrdinal(a, b);
    }

    private static string Clip(ReadOnlySpan<char> cell) => cell.Length <= 60 ? cell.ToString() : $"{cell[..60]}...";
}
