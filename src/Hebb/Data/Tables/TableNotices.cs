using Hebb.Files;

namespace Hebb.Data;

/// <summary>What is odd about a table that somebody trains on for the first time, in sentences that name the mend.</summary>
internal static class TableNotices
{
    private const int FewestRows = 20, ManyCategories = 1000, FewNumbers = 20;

    /// <summary>Columns without any value, which are left out.</summary>
    public static IReadOnlyList<CsvColumn> Empty(CsvTable table) => [.. table.Columns.Where(IsEmpty)];

    /// <summary>What to say about the columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">The column to predict.</param>
    /// <param name="isEmbedded">Whether a column's categories become vectors.</param>
    public static IEnumerable<string> Of(CsvTable table, CsvColumn target, Func<CsvColumn, bool> isEmbedded)
    {
        foreach (CsvColumn column in table.Columns)
        {
            string? notice = IsEmpty(column) ? column == target ? null : "has no value and is left out"
                : column == target ? column.IsNumeric ? OfNumericTarget(column) : OfClasses(table, column)
                : column.IsNumeric ? OfNumbers(table, column)
                : OfCategories(table, column, isEmbedded(column));
            if (notice is not null) yield return $"'{table.Name}', column {column.Number} ('{column.Name}') {notice}.";
        }
    }

    private static bool IsEmpty(CsvColumn column) =>
        column.IsNumeric ? !column.Numbers.ContainsAnyInRange(double.NegativeInfinity, double.PositiveInfinity)
            : !column.Codes.ContainsAnyExcept(-1);

    private static string? OfNumericTarget(CsvColumn column)
    {
        HashSet<double> different = [];
        foreach (double number in column.Numbers)
        {
            if (double.IsNaN(number)) continue;
            if (!double.IsInteger(number) || (different.Add(number) && different.Count > FewNumbers)) return null;
        }
        return 2 * different.Count > column.Numbers.Length ? null
            : $"holds {different.Count} different whole numbers from {different.Min()} to {different.Max()} and is predicted as a number; "
                + $"if they are classes, give Categorical = {Quote(column)}";
    }

    private static string? OfClasses(CsvTable table, CsvColumn column) => NumbersLike(column) is { } like ? OfNumbersLike(like)
        : !IsNearlyUnique(table, column) ? null
        : $"holds {column.Categories.Count} different classes in {table.RowCount} rows, such as {Example(column)}; "
            + "give another target if they are not classes";

    private static string? OfCategories(CsvTable table, CsvColumn column, bool isEmbedded)
    {
        if (NumbersLike(column) is { } like) return OfNumbersLike(like);
        bool isUnique = IsNearlyUnique(table, column);
        if (!isUnique && (isEmbedded || column.Categories.Count < ManyCategories)) return null;
        string become = isEmbedded ? "a vector" : "an input";
        string mend = isUnique || isEmbedded ? "if it names the rows" : $"give Embed = {Quote(column)}, or if it tells nothing";
        return $"holds {column.Categories.Count} different texts in {table.RowCount} rows, such as {Example(column)}, "
            + $"each of which becomes {become} of its own; {mend}, give Drop = {Quote(column)}";
    }

    /// <summary>Whether numbers count the rows: whole, all different, and rising, falling, or close together.</summary>
    private static string? OfNumbers(CsvTable table, CsvColumn column)
    {
        ReadOnlySpan<double> numbers = column.Numbers;
        if (numbers.Length < FewestRows) return null;
        HashSet<double> different = [];
        (double low, double high, bool rises, bool falls) = (numbers[0], numbers[0], true, true);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.IsInteger(numbers[i]) || !different.Add(numbers[i])) return null;
            (low, high) = (Math.Min(low, numbers[i]), Math.Max(high, numbers[i]));
            if (i == 0) continue;
            rises &= numbers[i] > numbers[i - 1];
            falls &= numbers[i] < numbers[i - 1];
        }
        return rises || falls || high - low < 2.0 * numbers.Length
            ? $"holds another whole number in each of {table.RowCount} rows, from {low} to {high}; if it only counts or names the rows, "
                + $"give Drop = {Quote(column)}"
            : null;
    }

    /// <summary>A category that is no number only for a decimal comma, a separator of thousands or a unit, if all are such.</summary>
    private static string? NumbersLike(CsvColumn column)
    {
        string? like = column.Categories.FirstOrDefault(text => !Csv.TryNumber(text, out _));
        return like is not null && column.Categories.All(text => Csv.TryNumber(Plain(text), out _)) ? like : null;

        static string Plain(string text) => string.Concat(text.Where(c => c is not (' ' or ',' or '\'' or '%' or '$' or '€' or '£')));
    }

    private static string OfNumbersLike(string like) => $"holds texts such as '{CsvFile.Clip(like)}', which were taken for categories; "
        + "if they are numbers, write them with a point and without separators and signs, as in 1234.5";

    private static bool IsNearlyUnique(CsvTable table, CsvColumn column) =>
        table.RowCount >= FewestRows && 2L * column.Categories.Count > table.RowCount;

    private static string Example(CsvColumn column) => $"'{CsvFile.Clip(column.Categories[0])}'";

    private static string Quote(CsvColumn column) => CsvTable.Quote(column.Name, column.Number);
}
