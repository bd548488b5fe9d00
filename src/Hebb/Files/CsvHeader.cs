using System.Globalization;

namespace Hebb.Files;

/// <summary>
/// Finds out whether the first row of a CSV file names the columns. It does for sure if one of its cells is a text above numbers. Otherwise
/// nobody can know, and the first rows are evidence: texts are taken for names if none comes again below, although the cells of some
/// column do come again and again; numbers, if they count up as years or places do and would hardly do so by chance, or are all of
/// another kind than those below.
/// </summary>
/// <param name="IsHeader">Whether the first row is taken for names.</param>
/// <param name="Doubt">Why it is, or is not, in a clause; null if that is sure.</param>
internal sealed record CsvHeader(bool IsHeader, string? Doubt)
{
    private const int FewestRows = 4; // below the first, before they are evidence
    private const int FewestCounting = 3; // numbers in the first row, before they have a step of their own
    private const int FewestChances = 100; // other rows that whole numbers of the same sizes could make

    /// <summary>What the first rows look like.</summary>
    public static CsvHeader Look(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0) return new CsvHeader(false, null);
        string[] first = rows[0];
        for (int column = 0; column < first.Length; column++)
            if (IsText(first[column]) && AreNumbers(rows, column)) return new CsvHeader(true, null);
        bool? areNames = AreNames(rows);
        if (!first.Any(IsNumber))
            return areNames == true ? new CsvHeader(true, "because nothing of it comes again")
                : new CsvHeader(false, "as every row holds texts");
        return areNames == false ? new CsvHeader(false, null) : OfNumbers(rows, areNames == true);
    }

    /// <summary>Whether texts are names: null if that cannot be told, false if one of them comes again.</summary>
    private static bool? AreNames(IReadOnlyList<string[]> rows)
    {
        string[] first = rows[0];
        string[] names = [.. first.Where(cell => cell.Length > 0 && !IsNumber(cell))];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length) return false;
        bool repeats = false;
        for (int column = 0; column < first.Length; column++)
        {
            if (IsNumber(first[column])) continue;
            string[] below = Below(rows, column);
            if (first[column].Length > 0 && below.Contains(first[column], StringComparer.Ordinal)) return false;
            repeats |= below.Length >= FewestRows && 2 * below.Distinct(StringComparer.Ordinal).Count() <= below.Length;
        }
        return repeats && names.Length > 0 ? true : null;
    }

    /// <summary>Whether a first row with numbers names the columns, and for all that it may well not.</summary>
    private static CsvHeader OfNumbers(IReadOnlyList<string[]> rows, bool hasNames)
    {
        int[] columns = [.. Enumerable.Range(0, rows[0].Length).Where(column => IsNumber(rows[0][column]))];
        bool counts = Counts(rows[0], columns) && 10 * rows.Skip(1).Count(row => Counts(row, columns)) < rows.Count;
        int unlike = columns.Count(column => IsUnlike(rows, column, isAlone: columns.Length == 1));
        bool areUnlike = unlike == columns.Length, hasEvidence = rows.Count > FewestRows && (hasNames || !CountsByChance(rows, columns));
        bool isHeader = (counts && hasEvidence && (columns.Length >= FewestCounting || hasNames))
            || (areUnlike && (columns.Length > 1 || hasNames));
        return counts
            ? new CsvHeader(isHeader, isHeader ? "because its numbers count, as hardly any others do" : "although its numbers count")
            : isHeader ? new CsvHeader(true, "because its numbers are unlike those below")
            : new CsvHeader(false, 2 * unlike > columns.Length ? "although most of its numbers are unlike those below" : null);
    }

    /// <summary>Whether whole numbers rise or fall by the same step, as 0, 1, 2 or 1990, 2000, 2010; only two by one.</summary>
    private static bool Counts(string[] row, int[] columns)
    {
        if (columns.Length < 2 || columns[^1] >= row.Length) return false;
        long[] numbers = new long[columns.Length];
        for (int i = 0; i < columns.Length; i++)
            if (!NumberText.TryRead(row[columns[i]], NumberStyles.None, out numbers[i])) return false;
        long step = numbers[1] - numbers[0];
        if (numbers.Length < FewestCounting && step != 1) return false; // any two make a step
        return step != 0 && Enumerable.Range(1, numbers.Length - 1).All(i => numbers[i] - numbers[i - 1] == step);
    }

    /// <summary>
    /// Whether a row of the numbers below may well count too: they are whole, those of the first row are among them in size, and with two
    /// of it given, which make a step, few rows could be made of them.
    /// </summary>
    private static bool CountsByChance(IReadOnlyList<string[]> rows, int[] columns)
    {
        double chances = 1;
        for (int i = 0; i < columns.Length; i++)
        {
            string[] below = Below(rows, columns[i]);
            if (below.Length == 0 || !below.All(IsWhole)) return false;
            double number = Number(rows[0][columns[i]]);
            if (number < below.Min(Number) || number > below.Max(Number)) return false;
            if (i >= 2) chances *= below.Distinct(StringComparer.Ordinal).Count();
        }
        return chances < FewestChances;
    }

    /// <summary>Whether the first number is far outside of those below it, or whole and nearly all of them are not.</summary>
    private static bool IsUnlike(IReadOnlyList<string[]> rows, int column, bool isAlone)
    {
        string[] below = [.. Below(rows, column).Where(IsNumber)];
        if (below.Length < FewestRows) return false;
        double number = Number(rows[0][column]), low = below.Min(Number), high = below.Max(Number);
        bool isApart = number < low - (high - low) || number > high + (high - low);
        return isApart || (!isAlone && IsWhole(rows[0][column]) && 10 * below.Count(IsWhole) <= below.Length);
    }

    private static string[] Below(IReadOnlyList<string[]> rows, int column) =>
        [.. rows.Skip(1).Where(row => column < row.Length && row[column].Length > 0).Select(row => row[column])];

    /// <summary>Whether at least half of what is known below the first row is numbers.</summary>
    private static bool AreNumbers(IReadOnlyList<string[]> rows, int column)
    {
        string[] known = [.. Below(rows, column).Where(cell => !MissingCells.InNumbers(cell))];
        return known.Length > 0 && 2 * known.Count(IsNumber) >= known.Length;
    }

    /// <summary>Whether a cell is no number, nor missing where there are numbers.</summary>
    public static bool IsText(string cell) => !MissingCells.InNumbers(cell) && !IsNumber(cell);

    private static bool IsWhole(string cell) => !cell.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether it reads as a number with a point or a comma, be it one that is not finite.</summary>
    private static bool IsNumber(string cell) => !double.IsNaN(Number(cell));

    private static double Number(string cell) =>
        CsvNumbers.TryParse(cell, '.', out double number) || CsvNumbers.TryParse(cell, ',', out number) || double.IsInfinity(number)
            ? number : double.NaN;
}
