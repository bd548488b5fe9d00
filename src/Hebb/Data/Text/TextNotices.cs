using Hebb.Files;

namespace Hebb.Data;

/// <summary>What is odd about a table of which somebody trains on one column of texts for the first time.</summary>
internal static class TextNotices
{
    private const int MostNamed = 3, FewNumbers = 20;

    /// <summary>What to say in sentences that name the mend.</summary>
    /// <param name="table">The table, of which only two columns are read.</param>
    /// <param name="text">The column of texts.</param>
    /// <param name="target">The column of classes.</param>
    public static IEnumerable<string> Of(CsvTable table, CsvColumn text, CsvColumn target)
    {
        string[] others = [.. table.Names.Where((_, place) => place != text.Number - 1 && place != target.Number - 1)];
        if (others.Length > 0)
            yield return $"'{table.Name}': only the texts of '{text.Name}' are learned from, and {Named(others)} left out; "
                + "name no column of texts to learn from all columns.";
        if (AreNumbers(table, text))
            yield return $"'{table.Name}', column {text.Number} ('{text.Name}') holds numbers, each of which is taken for a text; "
                + "name another column of texts, or none to learn from numbers.";
        if (AreNumbers(table, target) && target.Categories.Count > FewNumbers)
            yield return $"'{table.Name}', column {target.Number} ('{target.Name}') holds {target.Categories.Count} different numbers, "
                + "each of which is a class of its own; give another target, or fewer classes, if they are sizes.";
    }

    /// <summary>Refuses numbers that are not whole as classes: texts are told apart by classes, and such numbers are sizes.</summary>
    public static void RequireClasses(CsvTable table, CsvColumn target)
    {
        if (AreNumbers(table, target) && target.Categories.FirstOrDefault(IsFraction) is { } fraction)
            throw table.Error(target.Codes.IndexOf(target.Categories.ToList().IndexOf(fraction)), target, $"the number '{fraction}'",
                "classes, which are what texts are told apart by",
                "write classes such as low and high, or read the numbers as classes, "
                + $"Categorical = {CsvTable.Quote(target.Name, target.Number)}");

        bool IsFraction(string text) => CsvNumbers.TryParse(text, table.Decimal, out double number) && !double.IsInteger(number);
    }

    private static bool AreNumbers(CsvTable table, CsvColumn column) =>
        column.Categories.All(text => CsvNumbers.TryParse(text, table.Decimal, out _));

    private static string Named(string[] names) => names.Length == 1 ? $"'{names[0]}' is"
        : PlainText.List([.. names.Select(name => $"'{name}'")], MostNamed) + " are";
}
