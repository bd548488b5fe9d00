namespace Hebb.Files;

/// <summary>Which cells of a CSV file stand for a value that is not known.</summary>
internal static class MissingCells
{
    /// <summary>
    /// In a column of numbers: an empty cell, <c>?</c>, <c>-</c>, <c>.</c>, and in any case <c>NA</c>, <c>N/A</c>, <c>#N/A</c>, <c>NaN</c>,
    /// <c>null</c> and <c>none</c>, in quotes or not.
    /// </summary>
    public static bool InNumbers(ReadOnlySpan<char> cell) => cell.Length switch
    {
        0 => true,
        1 => cell[0] is '?' or '-' or '.',
        2 => Is(cell, "NA"),
        3 => Is(cell, "N/A") || Is(cell, "NaN"),
        4 => Is(cell, "null") || Is(cell, "none") || Is(cell, "#N/A"),
        _ => false,
    };

    /// <summary>
    /// In a column of categories: an empty cell and, unless it is in quotes, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>n/a</c>, <c>#N/A</c>,
    /// <c>NaN</c>, <c>nan</c>, <c>null</c> and <c>NULL</c>. Other words may well be categories: a dash, none, and Na.
    /// </summary>
    public static bool InCategories(ReadOnlySpan<char> cell, bool isQuoted) =>
        cell.Length == 0 || (!isQuoted && cell is "?" or "NA" or "N/A" or "n/a" or "#N/A" or "NaN" or "nan" or "null" or "NULL");

    /// <summary>What an error says it found where a category is missing: the word that was taken for that, if there is one.</summary>
    public static string Found(ReadOnlySpan<char> word) =>
        word.IsEmpty ? "a missing cell" : $"'{word}', which counts as missing unless it is in quotes";

    private static bool Is(ReadOnlySpan<char> cell, string word) => cell.Equals(word, StringComparison.OrdinalIgnoreCase);
}
