using System.Text.Json;
using System.Text.Json.Serialization;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Data;

/// <summary>
/// How the rows of a table become inputs and targets. It is fitted to the training part of one file and kept with the model,
/// so that other files become inputs in the same way. A missing number becomes what <see cref="MissingNumbers"/> says,
/// by default the median of the training part; a missing category is a category of its own, if the first file lacked some;
/// a category that the first file did not have is an error.
/// </summary>
/// <param name="Inputs">The input columns in the order of the inputs.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="TargetEnding">Text at the end of a class that does not count.</param>
/// <param name="ColumnCount">The columns of the file that the schema was fitted to.</param>
/// <param name="InputScaler">One column for each numeric input column, in order.</param>
/// <param name="TargetScaler">The scaler of a numeric target; null for classes.</param>
public sealed record TableSchema(
    IReadOnlyList<TableColumn> Inputs, TableColumn Target, string TargetEnding, int ColumnCount, Scaler InputScaler, Scaler? TargetScaler)
{
    /// <summary>The most inputs that the columns may become together.</summary>
    public const int MaxWidth = 1 << 16;

    /// <summary>How many inputs the columns become together.</summary>
    [JsonIgnore]
    public int Width => Inputs.Sum(column => column.Width);

    /// <summary>Such as <c>13 inputs of 9 columns (age, income, ...) → price</c>.</summary>
    public override string ToString()
    {
        string names = string.Join(", ", Inputs.Take(12).Select(column => column.Name)) + (Inputs.Count > 12 ? ", ..." : "");
        return $"{Width} inputs of {Inputs.Count} columns ({names}) → "
            + $"{Target.Name}{(Target.IsNumeric ? "" : $", {Target.Categories.Count} classes")}";
    }

    /// <summary>Finds categories, medians and scales.</summary>
    /// <param name="table">The whole file: categories are gathered from all rows.</param>
    /// <param name="train">The rows to which medians and scales are fitted.</param>
    /// <param name="options">Target, dropped columns, scaling.</param>
    /// <exception cref="FormatException">
    /// A column does not exist, has no number in the training rows, or makes too many inputs; or the target has fewer than two classes.
    /// </exception>
    public static TableSchema Fit(CsvTable table, ReadOnlySpan<int> train, TableOptions options) => new TableFit(table, options).Fit(train);

    /// <summary>Reads a file whose columns are those of this schema, found by name or else by place. The target may be absent.</summary>
    /// <exception cref="FormatException">The file is not such a table; the message names line and column.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public CsvTable Read(string path) => Csv.Read(path, ReadOptions(path));

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public CsvTable Read(Stream stream, string name) => Csv.Read(stream, name, ReadOptions(name));

    /// <summary>Turns a table into samples.</summary>
    /// <param name="table">Columns as in <see cref="Read(string)"/>.</param>
    /// <param name="withTarget">Whether the target is needed; otherwise the samples have inputs only.</param>
    /// <exception cref="FormatException">A column is absent or of another kind, a category is unknown, or a target is missing.</exception>
    public TableDataset Encode(CsvTable table, bool withTarget = true)
    {
        ArgumentNullException.ThrowIfNull(table);
        (int[] inputs, int target) = Match(table.Name, [.. table.Columns.Select(column => column.Name)]);
        if (withTarget && target < 0)
            throw new FormatException(
                $"'{table.Name}' has no column '{Target.Name}', which the model predicts; add it, or ask for predictions only.");
        return TableDataset.Encode(this, table, [.. inputs.Select(i => table.Columns[i])], withTarget ? table.Columns[target] : null);
    }

    /// <summary>
    /// A model for the inputs of this schema: the vectors of embedded columns, if there are any,
    /// in front of what is built for the width that they make.
    /// </summary>
    /// <param name="build">Builds a model for inputs of a shape.</param>
    public Module BuildModel(Func<Shape, Module> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        List<(int Column, int Count, int Features)> tables = [];
        int at = 0;
        foreach (TableColumn column in Inputs)
        {
            if (column.Features > 0) tables.Add((at, column.Kinds, column.Features));
            at += column.Width;
        }
        if (tables.Count == 0) return build([Width]);
        EmbedColumns embed = new(Width, tables);
        return new Sequential(embed, build([embed.OutputWidth]));
    }

    /// <summary>The schema as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DataJson.Default.TableSchema);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a schema.</exception>
    public static TableSchema FromJson(string json)
    {
        TableSchema schema = DataJson.Read(json, DataJson.Default.TableSchema, "table schema");
        bool sound = schema.InputScaler.Width == schema.Inputs.Count(column => column.IsNumeric)
            && schema.TargetScaler is null or { Width: 1 }
            && (schema.TargetScaler is not null) == schema.Target.IsNumeric
            && schema.Inputs.Sum(column => (long)column.Width + column.Features) <= MaxWidth
            && schema.Inputs.Append(schema.Target).All(column =>
                column.Number >= 1 && column.Number <= schema.ColumnCount && double.IsFinite(column.Fill)
                && column.Features is >= 0 and <= MaxWidth
                && (column.IsNumeric ? column.Features == 0 : !column.HasIndicator && (column.Features == 0 || column.Kinds > 0))
                && column.Categories.Distinct(StringComparer.Ordinal).Count() == column.Categories.Count);
        return sound ? schema : throw new FormatException("A table schema contradicts itself; save the model again.");
    }

    /// <summary>Same contents.</summary>
    public bool Equals(TableSchema? other) =>
        other is not null && Inputs.SequenceEqual(other.Inputs) && Target == other.Target && TargetEnding == other.TargetEnding
        && ColumnCount == other.ColumnCount && InputScaler == other.InputScaler && TargetScaler == other.TargetScaler;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs.Count, Target, ColumnCount, InputScaler);

    /// <summary>A class as the schema names it: without the ending that does not count.</summary>
    internal string ClassName(string text) =>
        TargetEnding.Length > 0 && text.EndsWith(TargetEnding, StringComparison.Ordinal) ? text[..^TargetEnding.Length] : text;

    private CsvOptions ReadOptions(string file) => new()
    {
        KnownHeader = first => Inputs.All(column => first.Contains(column.Name, StringComparer.Ordinal)),
        Kinds = names =>
        {
            bool?[] kinds = new bool?[names.Length];
            (int[] inputs, int target) = Match(file, names);
            for (int i = 0; i < inputs.Length; i++) kinds[inputs[i]] = Inputs[i].IsNumeric;
            if (target >= 0) kinds[target] = Target.IsNumeric;
            return kinds;
        },
    };

    /// <summary>
    /// The place of each input column and of the target, or -1: by name if all inputs are there; by place if this file or the first one has
    /// no names, and this one has as many columns as the first one, or as many as there are inputs.
    /// </summary>
    private (int[] Inputs, int Target) Match(string file, string[] names)
    {
        int[] byName = [.. Inputs.Select(column => Array.IndexOf(names, column.Name))];
        if (!byName.Contains(-1)) return (byName, Array.IndexOf(names, Target.Name));
        bool hasNames = !AreMadeUp(names) && !Inputs.All(column => column.Name == CsvTable.NameOf(column.Number - 1));
        if (hasNames)
        {
            string absent = Inputs[Array.IndexOf(byName, -1)].Name;
            string? near = names.FirstOrDefault(name => string.Equals(name, absent, StringComparison.OrdinalIgnoreCase));
            string there = string.Join(", ", names.Take(20)) + (names.Length > 20 ? ", ..." : "");
            throw new FormatException($"'{file}' has no column named '{absent}', but {there}; "
                + (near is null ? "name its columns as the first file does, or leave out the row of names to match them by place."
                    : $"rename '{near}'."));
        }
        if (names.Length == ColumnCount) return ([.. Inputs.Select(column => column.Number - 1)], Target.Number - 1);
        if (names.Length == Inputs.Count) return ([.. Enumerable.Range(0, names.Length)], -1);
        string missing = Inputs[Array.IndexOf(byName, -1)].Name;
        string wanted = string.Join(", ", Inputs.Take(20).Select(column => column.Name)) + (Inputs.Count > 20 ? ", ..." : "");
        throw new FormatException(
            $"'{file}' has {names.Length} columns and none named '{missing}'; "
            + $"give {Inputs.Count} input columns ({wanted}) by name or in that order.");
    }

    private static bool AreMadeUp(string[] names) => names.Select((name, i) => name == CsvTable.NameOf(i)).All(isMadeUp => isMadeUp);
}
