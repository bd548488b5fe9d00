using System.Globalization;

namespace Hebb.Data;

/// <summary>Turns the values of one input column into inputs; the same for files and for single rows.</summary>
/// <param name="column">The column.</param>
/// <param name="at">Its first input.</param>
/// <param name="scaler">The scaler of all numeric columns.</param>
/// <param name="place">Which column of the scaler it is, if it is numeric.</param>
/// <param name="unknown">What becomes of categories that training did not know.</param>
internal sealed class ColumnEncoder(TableColumn column, int at, Scaler scaler, int place, UnknownCategories unknown)
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _codes = Codes(column);
    private readonly int _true = OneOf(column, bool.TrueString), _false = OneOf(column, bool.FalseString);

    /// <summary>The column.</summary>
    public TableColumn Column => column;

    /// <summary>A number, or NaN where it is missing, as it is scaled.</summary>
    /// <returns>Null, or why there is no such input.</returns>
    public Misfit? Scale(double number, out float scaled)
    {
        scaled = 0;
        bool isMissing = column.IsMissing(number);
        if (isMissing && column.RefusesMissing)
            return new Misfit(number == 0 ? "0, which stands for a missing number" : "a missing number", "a number",
                "fill it in, remove the row, or train with another rule for missing numbers");
        scaled = (float)scaler.Transform(isMissing ? column.Fill : number, place);
        return float.IsFinite(scaled) ? null : new Misfit(
            number.ToString(CultureInfo.InvariantCulture), "a number of the size of those that the model learned from",
            "correct the cell, or leave it empty if the value is missing");
    }

    /// <summary>The code of a category: its place among the column's; behind them the missing one, then the one that is none.</summary>
    /// <inheritdoc cref="Scale" path="/returns"/>
    public Misfit? CodeOf(ReadOnlySpan<char> text, out int code) =>
        _codes.TryGetValue(text, out code) ? null : CodeOfUnknown(out code) ? null : Unknown($"'{text}'");

    /// <summary>The code of a category that reads true or false, in any case.</summary>
    /// <inheritdoc cref="Scale" path="/returns"/>
    public Misfit? CodeOf(bool value, out int code)
    {
        code = value ? _true : _false;
        return code >= 0 || CodeOfUnknown(out code) ? null : Unknown(value ? "true" : "false");
    }

    /// <summary>The code of a missing category.</summary>
    /// <inheritdoc cref="Scale" path="/returns"/>
    public Misfit? CodeOfMissing(out int code)
    {
        code = column.Categories.Count;
        if (column.MissingIsCategory) return null;
        if (!column.RefusesMissing) return CodeOfUnknown(out code) ? null : Unknown("a missing cell");
        return new Misfit("a missing cell", Known(), "correct the cell, or train with another rule for missing cells");
    }

    /// <summary>Scales a number, or NaN where it is missing, and writes it into the zeros of a row.</summary>
    /// <inheritdoc cref="Scale" path="/returns"/>
    public Misfit? Put(double number, Span<float> row)
    {
        Misfit? misfit = Scale(number, out float scaled);
        if (misfit is null) Write(scaled, column.IsMissing(number), row);
        return misfit;
    }

    /// <summary>Writes a scaled number into the zeros of a row.</summary>
    public void Write(float scaled, bool isMissing, Span<float> row)
    {
        row[at] = scaled;
        if (column.HasIndicator) row[at + 1] = isMissing ? 1 : 0;
    }

    /// <summary>Writes a code into the zeros of a row.</summary>
    public void Write(int code, Span<float> row)
    {
        if (column.Features > 0) row[at] = code;
        else if (code < column.Kinds) row[at + code] = 1;
    }

    private bool CodeOfUnknown(out int code)
    {
        bool isMissing = unknown == UnknownCategories.Missing;
        code = isMissing ? column.Categories.Count : column.Kinds;
        return isMissing ? column.MissingIsCategory : unknown == UnknownCategories.Zeros && column.Features == 0;
    }

    /// <summary>What to do about a category that is none: only what this column can do, and what is not already asked for.</summary>
    private Misfit Unknown(string found)
    {
        string mend = unknown switch
        {
            UnknownCategories.Missing => "training knew no missing cell there that it could count as, so ",
            UnknownCategories.Zeros => "the column is embedded and has no zeros, so ",
            _ => "",
        } + "correct the cell, or train on data that have it";
        if (column.MissingIsCategory) mend += ", or count it as missing (Unknown = UnknownCategories.Missing)";
        if (column.Features == 0) mend += ", or take zeros for it (Unknown = UnknownCategories.Zeros)";
        return new Misfit(found, Known(), mend);
    }

    private string Known() => $"one of {PlainText.List([.. column.Categories.Take(21).Select(PlainText.InList)], most: 20)}";

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Codes(TableColumn column)
    {
        Dictionary<string, int> codes = new(StringComparer.Ordinal);
        for (int i = 0; i < column.Categories.Count; i++) codes.Add(column.Categories[i], i);
        return codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The one category that reads so in any case; -1 if there is none or several.</summary>
    private static int OneOf(TableColumn column, string text)
    {
        int[] found = [.. Enumerable.Range(0, column.Categories.Count)
            .Where(i => column.Categories[i].Equals(text, StringComparison.OrdinalIgnoreCase))];
        return found.Length == 1 ? found[0] : -1;
    }
}
