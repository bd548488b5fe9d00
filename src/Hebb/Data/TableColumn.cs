using System.Text.Json.Serialization;

namespace Hebb.Data;

/// <summary>One column of a table as a model knows it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Number">Its place in the file that the model was fitted to, from 1.</param>
/// <param name="IsNumeric">Numbers, or categories of which each becomes an input of 0 or 1.</param>
/// <param name="Fill">What stands for a missing number: the median of the training part.</param>
/// <param name="Categories">The categories of the whole file that the model was fitted to; empty for numbers.</param>
/// <param name="MissingIsCategory">Whether a missing cell is one more category, because that file had some.</param>
/// <param name="ZeroIsMissing">Whether a 0 stands for a missing number.</param>
public sealed record TableColumn(
    string Name, int Number, bool IsNumeric, double Fill, IReadOnlyList<string> Categories, bool MissingIsCategory, bool ZeroIsMissing)
{
    /// <summary>How many inputs the column becomes.</summary>
    [JsonIgnore]
    public int Width => IsNumeric ? 1 : Categories.Count + (MissingIsCategory ? 1 : 0);

    /// <summary>Same contents.</summary>
    public bool Equals(TableColumn? other) => other is not null
        && (Name, Number, IsNumeric, Fill, MissingIsCategory, ZeroIsMissing)
            == (other.Name, other.Number, other.IsNumeric, other.Fill, other.MissingIsCategory, other.ZeroIsMissing)
        && Categories.SequenceEqual(other.Categories);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Number, IsNumeric, Fill, Categories.Count);
}
