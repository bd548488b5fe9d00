namespace Hebb.Data;

/// <summary>How the numeric columns of a table are scaled.</summary>
public enum TableScaling
{
    /// <summary>Mean 0 and variance 1 over the training part.</summary>
    Standard,

    /// <summary>0 to 1 over the training part.</summary>
    MinMax,

    /// <summary>As they are.</summary>
    None,
}

/// <summary>How a table becomes inputs and a target.</summary>
public sealed record TableOptions
{
    /// <summary>Stands for all categorical columns in <see cref="Embed"/>.</summary>
    internal const string All = "*";

    /// <summary>
    /// The column to predict, by name or by number from 1. A categorical column makes a classification, a numeric one a regression.
    /// </summary>
    public required string Target { get; init; }

    /// <summary>Columns, by name or number, that are left out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Numeric columns, by name or number, in which 0 stands for a missing number.</summary>
    public IReadOnlyList<string> ZeroIsMissing { get; init; } = [];

    /// <summary>What becomes of missing numbers. Default: the median of the training rows.</summary>
    public MissingNumbers Missing { get; init; } = MissingNumbers.Median;

    /// <summary>
    /// Categorical columns, by name or number, whose categories become trained vectors instead of inputs of 0 and 1;
    /// "*" stands for all of them. The input is then the category's number, and <see cref="TableSchema.BuildModel"/>
    /// puts the vectors in front of a model. Default: none.
    /// </summary>
    public IReadOnlyList<string> Embed { get; init; } = [];

    /// <summary>How numeric columns are scaled, and a numeric target. Default: mean 0, variance 1. Categories are never scaled.</summary>
    public TableScaling Scaling { get; init; } = TableScaling.Standard;

    /// <summary>Text at the end of a class that does not count, for example a full stop. Default: none.</summary>
    public string TargetEnding { get; init; } = "";
}
