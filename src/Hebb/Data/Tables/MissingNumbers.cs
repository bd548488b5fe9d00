namespace Hebb.Data;

/// <summary>What becomes of a missing number of a table. A missing category is a category of its own, or refused.</summary>
public enum MissingNumbers
{
    /// <summary>The median of the column's training rows.</summary>
    Median,

    /// <summary>The mean of the column's training rows.</summary>
    Mean,

    /// <summary>
    /// The median, and one more input for the column that is 1 where the number is missing and 0 elsewhere, if the first file lacks some.
    /// </summary>
    Indicator,

    /// <summary>An error that names line and column, for numbers and categories alike.</summary>
    Refuse,
}
