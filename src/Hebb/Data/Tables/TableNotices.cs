using Hebb.Files;

namespace Hebb.Data;

/// <summary>What is odd about a table that somebody trains on for the first time, in sentences that name the mend.</summary>
internal static class TableNotices
{
    private const int FewestRows = 20, ManyCategories = 1000, FewNumbers = 20;

    /// <summary>What to say about the columns.</summary>
    public static IEnumerable<string> Of(CsvTable table, TableOptions options)
    {
        CsvColumn target = table.Column(options.Target);
        CsvColumn[] dropped = [.. options.Drop.Select(table.Find).OfType<CsvColumn>()];
        bool areEmbedded = options.Embed.Contains(TableOptions.All);
        CsvColumn[] embedded = areEmbedded ? [] : [.. options.Embed.Select(table.Column)];
        foreach (CsvColumn column in table.Columns.Except(dropped))
        {
            string place = $"'{table.Name}', column {column.Number} ('{column.Name}')";
            string? notice = IsEmpty(column) ? column == target ? null : "has no value and is left out"
                : column == target ? column.IsNumeric ? OfNumericTarget(table, column) : OfNumbersLike(table, column)
                : column.IsNumeric ? OfNumbers(table, column)
                : OfCategories(table, column, areEmbedded || embedded.Contains(column));
            if (notice is not null) yield return $"{place} {notice}.";
            if (column.IsNumeric) continue;
            if (column == target)
            {
                foreach (string odd in ClassNotices.Of(place, column.Categories, Counts(column))) yield return odd;
            }
            else if (notice is null && Spelling.Alike(column.Categories) is { } alike) yield return ClassNotices.Alike(place, alike);
        }
    }

    private static long[] Counts(CsvColumn column)
    {
        long[] counts = new long[column.Categories.Count];
        foreach (int code in column.Codes)
            if (code >= 0) counts[code]++;
        return counts;
    }

    /// <summary>Refuses classes to predict that hardly come again, so that nothing is learned of most.</summary>
    /// <exception cref="FormatException">There is nearly one for each row.</exception>
    public static void RequireClasses(CsvTable table, CsvColumn target)
    {
        if (!IsNearlyUnique(table, target)) return;
        string mend = CsvNumbers.Mend(target.Categories, table.Decimal) is { } numbers ? $"if they are numbers, {numbers}; or " : "";
        throw new FormatException($"'{table.Name}' has {target.Categories.Count} different classes in {table.RowCount} rows of "
            + $"column {target.Number} ('{PlainText.Of(target.Name)}'), such as {Example(target)}, too many to learn from; "
            + $"{mend}give another target.");
    }

    /// <summary>Whether a column has no value, so that it is left out.</summary>
    public static bool IsEmpty(CsvColumn column) =>
        column.IsNumeric ? !column.Numbers.ContainsAnyInRange(double.NegativeInfinity, double.PositiveInfinity)
            : !column.Codes.ContainsAnyExcept(-1);

    private static string? OfNumericTarget(CsvTable table, CsvColumn column)
    {
        if (column.Numbers.Length >= FewestRows && CountsRows(column) is var (from, to))
            return $"holds another whole number in each of {table.RowCount} rows, from {from} to {to}; "
                + "if it only counts or names the rows, there is nothing to learn, so give another target";
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

    private static string? OfCategories(CsvTable table, CsvColumn column, bool isEmbedded)
    {
        if (OfNumbersLike(table, column) is { } notice) return notice;
        if (table.RowCount >= FewestRows && !column.Codes.ContainsAnyExcept(0)) return OfOne(column, Example(column));
        if (Dates.Are(column.Categories))
            return $"holds dates or times such as {Example(column)}, each of which {Become(isEmbedded)} that tells nothing of others; "
                + $"write what matters about them as numbers, such as the month or the hour, or give Drop = {Quote(column)}";
        bool isUnique = IsNearlyUnique(table, column);
        if (!isUnique && (isEmbedded || column.Categories.Count < ManyCategories)) return null;
        string mend = isUnique || isEmbedded ? "if it names the rows" : $"give Embed = {Quote(column)}, or if it tells nothing";
        return $"holds {column.Categories.Count} different texts in {table.RowCount} rows, such as {Example(column)}, "
            + $"each of which {Become(isEmbedded)}; {mend}, give Drop = {Quote(column)}";
    }

    /// <summary>Numbers that are all one, or that count the rows: whole, all different, and rising, falling, or close together.</summary>
    private static string? OfNumbers(CsvTable table, CsvColumn column)
    {
        ReadOnlySpan<double> numbers = column.Numbers;
        if (numbers.Length < FewestRows) return null;
        if (!numbers.ContainsAnyExcept(numbers[0])) return OfOne(column, $"the number {numbers[0]}");
        return CountsRows(column) is var (low, high)
            ? $"holds another whole number in each of {table.RowCount} rows, from {low} to {high}; if it only counts or names the rows, "
                + $"give Drop = {Quote(column)}"
            : null;
    }

    /// <summary>
    /// The least and the largest number of a column that may count the rows, as its numbers are whole, all different, and rising, falling,
    /// or close together; null for others.
    /// </summary>
    private static (double Low, double High)? CountsRows(CsvColumn column)
    {
        ReadOnlySpan<double> numbers = column.Numbers;
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
        return rises || falls || high - low < 2.0 * numbers.Length ? (low, high) : null;
    }

    /// <summary>Texts that are no numbers only for a decimal comma, separators of thousands or a unit, if all are such.</summary>
    private static string? OfNumbersLike(CsvTable table, CsvColumn column)
    {
        if (CsvNumbers.Mend(column.Categories, table.Decimal) is not { } mend) return null;
        string like = column.Categories.First(text => !CsvNumbers.TryParse(text, table.Decimal, out _));
        return $"holds texts such as '{CsvFile.Clip(like)}', which were taken for categories; if they are numbers, {mend}";
    }

    private static string OfOne(CsvColumn column, string value) =>
        $"holds {value} in every row, which tells nothing; give Drop = {Quote(column)}";

    private static string Become(bool isEmbedded) => $"becomes {(isEmbedded ? "a vector" : "an input")} of its own";

    private static bool IsNearlyUnique(CsvTable table, CsvColumn column) =>
        table.RowCount >= FewestRows && 2L * column.Categories.Count > table.RowCount;

    private static string Example(CsvColumn column) => $"'{CsvFile.Clip(column.Categories[0])}'";

    private static string Quote(CsvColumn column) => CsvTable.Quote(column.Name, column.Number);
}
