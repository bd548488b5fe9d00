namespace Hebb.Files;

/// <summary>One column of a <see cref="CsvTable"/>: numbers, or categories with a code each.</summary>
public sealed class CsvColumn
{
    private readonly double[]? _numbers;
    private readonly int[]? _codes;

    internal CsvColumn(string name, int number, double[] numbers)
    {
        Name = name;
        Number = number;
        _numbers = numbers;
        Categories = [];
    }

    internal CsvColumn(string name, int number, int[] codes, IReadOnlyList<string> categories)
    {
        Name = name;
        Number = number;
        _codes = codes;
        Categories = categories;
    }

    /// <summary>The header's name, or <c>column3</c> without a header.</summary>
    public string Name { get; }

    /// <summary>The place in the file, counted from 1.</summary>
    public int Number { get; }

    /// <summary>The first word that counts as a missing category, and its line; null if there is none.</summary>
    internal (string Word, int Line)? MissingWord { get; init; }

    /// <summary>True if the cells are numbers, false if they are categories.</summary>
    public bool IsNumeric => _numbers is not null;

    /// <summary>A numeric column's numbers, one a row; NaN where the cell is missing. All others are finite.</summary>
    /// <exception cref="InvalidOperationException">The column is categorical.</exception>
    public ReadOnlySpan<double> Numbers =>
        _numbers ?? throw new InvalidOperationException($"Column '{Name}' is categorical; read Codes and Categories.");

    /// <summary>A categorical column's codes, one a row: places in <see cref="Categories"/>, or -1 where the cell is missing.</summary>
    /// <exception cref="InvalidOperationException">The column is numeric.</exception>
    public ReadOnlySpan<int> Codes =>
        _codes ?? throw new InvalidOperationException($"Column '{Name}' is numeric; read Numbers, or force it to be categorical.");

    /// <summary>
    /// The texts of a categorical column without repetition: whole numbers first, by size, then the other texts in ordinal order.
    /// </summary>
    public IReadOnlyList<string> Categories { get; }
}
