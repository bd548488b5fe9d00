using System.Globalization;

namespace Hebb.Files;

/// <summary>
/// Finds out whether the first row of a CSV file names the columns. It does if one of its cells is a text above numbers, and it does not if
/// one of its cells is a number. Where there are texts only, nobody can know: it is taken for names if none of its cells comes again below
/// it, although the cells of some column do come again and again.
/// </summary>
internal static class CsvHeader
{
    private const int FewestRows = 4; // below the first, before repetition means anything

    /// <summary>What the first rows look like.</summary>
    /// <returns>Whether the first is a header, and whether that is sure.</returns>
    public static (bool IsHeader, bool IsSure) Look(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0) return (false, true);
        string[] first = rows[0];
        for (int column = 0; column < first.Length; column++)
            if (IsText(first[column]) && AreNumbers(rows, column)) return (true, true);
        if (first.Any(IsNumber)) return (false, true);
        string[] names = [.. first.Where(cell => cell.Length > 0)];
        bool areNames = names.Length > 0 && names.Distinct(StringComparer.Ordinal).Count() == names.Length;
        bool repeats = false;
        for (int column = 0; column < first.Length && areNames; column++)
        {
            string[] below = Below(rows, column);
            areNames = first[column].Length == 0 || !below.Contains(first[column], StringComparer.Ordinal);
            repeats |= below.Length >= FewestRows && 2 * below.Distinct(StringComparer.Ordinal).Count() <= below.Length;
        }
        return (areNames && repeats, false);
    }

    private static string[] Below(IReadOnlyList<string[]> rows, int column) =>
        [.. rows.Skip(1).Where(row => column < row.Length && row[column].Length > 0).Select(row => row[column])];

    /// <summary>Whether at least half of what is known below the first row is numbers.</summary>
    private static bool AreNumbers(IReadOnlyList<string[]> rows, int column)
    {
        string[] known = [.. Below(rows, column).Where(cell => !MissingCells.InNumbers(cell))];
        return known.Length > 0 && 2 * known.Count(IsNumber) >= known.Length;
    }

    private static bool IsText(string cell) => !MissingCells.InNumbers(cell) && !IsNumber(cell);

    /// <summary>Whether it reads as a number, be it one that is not finite.</summary>
    private static bool IsNumber(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number);
}
