using System.Text.Json.Serialization;

namespace Hebb.Data;

/// <summary>One column of a table as a model knows it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Number">Its place in the file that the model was fitted to, from 1.</param>
/// <param name="IsNumeric">Numbers, or categories of which each becomes an input of 0 or 1.</param>
/// <param name="Fill">What stands for a missing number: the median or mean of the training part.</param>
/// <param name="Categories">The categories of the whole file that the model was fitted to; empty for numbers.</param>
/// <param name="MissingIsCategory">Whether a missing cell is one more category, because that file had some.</param>
/// <param name="ZeroIsMissing">Whether a 0 stands for a missing number.</param>
public sealed record TableColumn(
    string Name, int Number, bool IsNumeric, double Fill, IReadOnlyList<string> Categories, bool MissingIsCategory, bool ZeroIsMissing)
{
    /// <summary>Whether a missing number, besides what stands for it, is told by one more input of 1; false by default.</summary>
    public bool HasIndicator { get; init; }

    /// <summary>Whether a missing cell is an error; false by default.</summary>
    public bool RefusesMissing { get; init; }

    /// <summary>
    /// The length of the trained vector that stands for a category; 0, the default, if each category is an input of 0 or 1.
    /// </summary>
    public int Features { get; init; }

    /// <summary>How many categories there are, with the missing one; 0 for numbers.</summary>
    [JsonIgnore]
    public int Kinds => IsNumeric ? 0 : Categories.Count + (MissingIsCategory ? 1 : 0);

    /// <summary>How many inputs the column becomes: an embedded one the number of its category.</summary>
    [JsonIgnore]
    public int Width => IsNumeric ? (HasIndicator ? 2 : 1) : Features > 0 ? 1 : Kinds;

    /// <summary>Whether a row keeps a whole number for the column: its category, or whether its number is missing.</summary>
    internal bool HasCode => !IsNumeric || HasIndicator;

    /// <summary>Whether a cell of a column of numbers counts as missing.</summary>
    internal bool IsMissing(double number) => double.IsNaN(number) || (ZeroIsMissing && number == 0);

    /// <summary>Same contents.</summary>
    public bool Equals(TableColumn? other) => other is not null
        && (Name, Number, IsNumeric, Fill, MissingIsCategory, ZeroIsMissing, HasIndicator)
            == (other.Name, other.Number, other.IsNumeric, other.Fill, other.MissingIsCategory, other.ZeroIsMissing, other.HasIndicator)
        && (RefusesMissing, Features) == (other.RefusesMissing, other.Features)
        && Categories.SequenceEqual(other.Categories);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Number, IsNumeric, Fill, Categories.Count);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(TableColumn), PrintMembers);
}
