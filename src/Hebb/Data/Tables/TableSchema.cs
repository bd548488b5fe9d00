using System.Text.Json.Serialization;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Data;

/// <summary>
/// How the rows of a table become inputs and targets. It is fitted to the training part of one file and kept with the model,
/// so that other files become inputs in the same way. A missing number becomes what <see cref="MissingNumbers"/> says,
/// by default the median of the training part; a missing category is a category of its own, if the first file lacked some;
/// a category that the first file did not have is an error, or what <see cref="UnknownCategories"/> says.
/// A schema does not change, so that several threads may use it at once.
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

    private RowEncoder? _encoder; // of this schema or of one that this is a copy of

    /// <summary>How many inputs the columns become together.</summary>
    [JsonIgnore]
    public int Width => Inputs.Sum(column => column.Width);

    /// <summary>Such as <c>13 inputs of 9 columns (age, income, ...) → price</c>.</summary>
    public override string ToString()
    {
        string names = PlainText.List([.. Inputs.Select(column => column.Name)], most: 12);
        return $"{Width} inputs of {Inputs.Count} columns ({names}) → "
            + $"{Target.Name}{(Target.IsNumeric ? "" : $", {Target.Categories.Count} classes")}";
    }

    /// <summary>
    /// What was assumed about a table where it does not say for sure, and what is odd about it as the source of a schema, each in a
    /// sentence that names the mend: what nobody should learn from without having read it.
    /// </summary>
    /// <exception cref="FormatException">There is no such column.</exception>
    public static IReadOnlyList<string> Examine(CsvTable table, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        return [.. table.Notices, .. TableNotices.Of(table, options)];
    }

    /// <summary>Finds categories, medians and scales. Columns without any value are left out.</summary>
    /// <param name="table">The whole file: categories are gathered from all rows.</param>
    /// <param name="train">The rows to which medians and scales are fitted.</param>
    /// <param name="options">Target, dropped columns, scaling.</param>
    /// <exception cref="FormatException">
    /// A column does not exist, has no number in the training rows or numbers too far apart, or makes too many inputs; or the target has
    /// fewer than two values, or a class for nearly every row.
    /// </exception>
    public static TableSchema Fit(CsvTable table, ReadOnlySpan<int> train, TableOptions options) => new TableFit(table, options).Fit(train);

    /// <summary>Reads a file whose columns are those of this schema, found by name or else by place. The target may be absent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">Separator, header and decimal mark; null finds out the first two from the file.</param>
    /// <exception cref="FormatException">The file is not such a table; the message names line and column.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public CsvTable Read(string path, TableReading? reading = null) => Csv.Read(path, ReadOptions(path, reading));

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, TableReading?)"/>
    public CsvTable Read(Stream stream, string name, TableReading? reading = null) => Csv.Read(stream, name, ReadOptions(name, reading));

    /// <summary>
    /// Opens a file like those that <see cref="Read(string, TableReading?)"/> reads, to encode row after row in the memory of a few,
    /// however many there are.
    /// </summary>
    /// <inheritdoc cref="Read(string, TableReading?)" path="/param|/exception"/>
    public TableReader Open(string path, TableReading? reading = null) =>
        new(new RowEncoder(this, reading?.Unknown ?? default),
            CsvFile.Open(path, ReadOptions(path, reading) with { Limit = long.MaxValue }));

    /// <summary>Turns a table into samples.</summary>
    /// <param name="table">Columns as in <see cref="Read(string, TableReading?)"/>.</param>
    /// <param name="withTarget">Whether the target is needed; otherwise the samples have inputs only.</param>
    /// <param name="unknown">What becomes of categories that training did not know.</param>
    /// <exception cref="FormatException">A column is absent or of another kind, a category is unknown, or a target is missing.</exception>
    public TableDataset Encode(CsvTable table, bool withTarget = true, UnknownCategories unknown = UnknownCategories.Refuse)
    {
        ArgumentNullException.ThrowIfNull(table);
        (int[] inputs, int target) = Match(table.Name, table.Names);
        if (withTarget && target < 0)
            throw new FormatException(
                $"'{table.Name}' has no column '{Target.Name}', which the model predicts; add it, or ask for predictions only.");
        return TableDataset.Encode(
            this, unknown, table, [.. inputs.Select(i => table.At(i) ?? throw Dropped(table, i))], withTarget ? table.At(target) : null);
    }

    /// <summary>
    /// Turns one row into an input, float32 [1, width]: numbers are scaled and categories become zeros and a one, as in a file.
    /// </summary>
    /// <param name="row">
    /// A value for the name of each input column: a number of any type, a text, a bool or an enum (which is taken by its name),
    /// or null where the value is missing.
    /// </param>
    /// <param name="unknown">What becomes of categories that training did not know.</param>
    /// <exception cref="ArgumentException">
    /// A column is not given or not known, or a value is of another kind, a category that is unknown, or a number that does not fit;
    /// the message names the column.
    /// </exception>
    public Tensor Encode(IReadOnlyDictionary<string, object?> row, UnknownCategories unknown = UnknownCategories.Refuse)
    {
        Tensor input = Tensor.Zeros([1, Width]);
        Encoder(unknown).Encode(row, input.AsSpan<float>());
        return input;
    }

    /// <summary>Turns one row into an input, float32 [1, width].</summary>
    /// <param name="row">A value for each of <see cref="Inputs"/>, in their order.</param>
    /// <param name="unknown">What becomes of categories that training did not know.</param>
    /// <exception cref="ArgumentException">
    /// There are more or fewer values than inputs, or one is of another kind, a category that is unknown, or a number that does not fit.
    /// </exception>
    public Tensor Encode(ReadOnlySpan<TableCell> row, UnknownCategories unknown = UnknownCategories.Refuse)
    {
        Tensor input = Tensor.Zeros([1, Width]);
        Encoder(unknown).Encode(row, input.AsSpan<float>());
        return input;
    }

    /// <summary>What encodes single rows: found once for each policy, as long as the same one is asked for.</summary>
    internal RowEncoder Encoder(UnknownCategories unknown)
    {
        RowEncoder? encoder = _encoder;
        return encoder is not null && ReferenceEquals(encoder.Schema, this) && encoder.Unknown == unknown
            ? encoder
            : _encoder = new RowEncoder(this, unknown);
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
        if (tables.Count == 0) return Built(Width);
        EmbedColumns embed = new(Width, tables);
        return new Sequential(embed, Built(embed.OutputWidth));

        Module Built(int width) => build([width]) ?? throw Argument.Nothing("What builds the model of a table", "a module");
    }

    /// <summary>The schema as JSON.</summary>
    /// <exception cref="ArgumentException">A name or a category is no valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The parts do not fit together.</exception>
    public string ToJson() => IsSound ? DataJson.Text(this, DataJson.Default.TableSchema, "table schema")
        : throw new InvalidOperationException("A table schema contradicts itself and cannot be kept; "
            + "fit one to a table, or make columns, scalers and the number of columns fit together.");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a schema.</exception>
    public static TableSchema FromJson(string json)
    {
        TableSchema schema = DataJson.Read(json, DataJson.Default.TableSchema, "table schema");
        return schema.IsSound ? schema : throw new FormatException("A table schema contradicts itself; save the model again.");
    }

    /// <summary>Whether it is one that can be kept and read again.</summary>
    private bool IsSound => InputScaler.Width == Inputs.Count(column => column.IsNumeric)
        && (TargetScaler is null || (TargetScaler.Width == 1 && IsOfFloats(TargetScaler)))
        && (TargetScaler is not null) == Target.IsNumeric
        && Inputs.Sum(column => (long)column.Width + column.Features) <= MaxWidth
        && Inputs.Append(Target).All(column =>
            column.Number >= 1 && column.Number <= ColumnCount && double.IsFinite(column.Fill)
            && column.Features is >= 0 and <= MaxWidth
            && (column.IsNumeric ? column.Features == 0 : !column.HasIndicator && (column.Features == 0 || column.Kinds > 0))
            && column.Categories.Distinct(StringComparer.Ordinal).Count() == column.Categories.Count);

    /// <summary>Whether networks, which give float32, can undo the scaling.</summary>
    private static bool IsOfFloats(Scaler scaler) => scaler.Offsets.Concat(scaler.Scales).All(number => float.IsFinite((float)number));

    /// <summary>Same contents.</summary>
    public bool Equals(TableSchema? other) =>
        other is not null && Inputs.SequenceEqual(other.Inputs) && Target == other.Target && TargetEnding == other.TargetEnding
        && ColumnCount == other.ColumnCount && InputScaler == other.InputScaler && TargetScaler == other.TargetScaler;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs.Count, Target, ColumnCount, InputScaler);

    /// <summary>A class as the schema names it: without the ending that does not count.</summary>
    internal string ClassName(string text) =>
        TargetEnding.Length > 0 && text.EndsWith(TargetEnding, StringComparison.Ordinal) ? text[..^TargetEnding.Length] : text;

    private CsvOptions ReadOptions(string file, TableReading? reading) => (reading ?? new TableReading()).Csv with
    {
        KnownHeader = IsHeader,
        Kinds = names =>
        {
            CsvKind?[] kinds = new CsvKind?[names.Length];
            Array.Fill(kinds, CsvKind.Dropped);
            (int[] inputs, int target) = Match(file, names);
            for (int i = 0; i < inputs.Length; i++) kinds[inputs[i]] = KindOf(Inputs[i]);
            if (target >= 0) kinds[target] = KindOf(Target);
            return kinds;
        },
    };

    private static CsvKind KindOf(TableColumn column) => column.IsNumeric ? CsvKind.Numbers : CsvKind.Categories;

    /// <summary>Whether a first row names the inputs, or holds a category where it stands; null if neither.</summary>
    private bool? IsHeader(string[] first)
    {
        HashSet<string> names = new(first, StringComparer.Ordinal);
        if (Inputs.All(column => names.Contains(column.Name))) return true;
        int[]? places = Places(first.Length);
        return places is not null && Inputs.Where((column, i) => column.Categories.Contains(first[places[i]])).Any() ? false : null;
    }

    /// <summary>The places of the inputs in a file with so many columns and without names; null if they cannot be known.</summary>
    private int[]? Places(int columns) => columns == ColumnCount ? [.. Inputs.Select(column => column.Number - 1)]
        : columns == Inputs.Count ? [.. Enumerable.Range(0, columns)]
        : null;

    private static FormatException Dropped(CsvTable table, int place) => new(
        $"The column '{table.Names[place]}' of '{table.Name}' was not read and is an input; take it from the columns to drop.");

    /// <summary>
    /// The place of each input column and of the target, or -1: by name if all inputs are there; by place if this file or the first one has
    /// no names, and this one has as many columns as the first one, or as many as there are inputs.
    /// </summary>
    internal (int[] Inputs, int Target) Match(string file, IReadOnlyList<string> names)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++) places.TryAdd(names[i], i);
        int[] byName = [.. Inputs.Select(column => places.GetValueOrDefault(column.Name, -1))];
        if (!byName.Contains(-1)) return (byName, places.GetValueOrDefault(Target.Name, -1));
        if (names.Count == 1 && Inputs.Count > 1)
            throw new FormatException($"'{file}' has one column where {Inputs.Count} inputs are wanted; "
                + "say what parts its cells, as in Separator = ','.");
        bool hasNames = !AreMadeUp(names) && !Inputs.All(column => column.Name == CsvTable.NameOf(column.Number - 1));
        if (hasNames)
        {
            string absent = Inputs[Array.IndexOf(byName, -1)].Name;
            string? near = names.FirstOrDefault(name => string.Equals(name, absent, StringComparison.OrdinalIgnoreCase));
            string there = PlainText.List(names, most: 20);
            throw new FormatException($"'{file}' has no column named '{absent}', but {there}; "
                + (near is not null ? $"rename '{near}'."
                    : Places(names.Count) is null ? "name its columns as the first file does."
                    : "name its columns as the first file does, or leave out the row of names "
                        + "(Header = false if there is none) to match them by place."));
        }
        if (Places(names.Count) is { } byPlace) return (byPlace, names.Count == ColumnCount ? Target.Number - 1 : -1);
        string missing = Inputs[Array.IndexOf(byName, -1)].Name;
        string wanted = PlainText.List([.. Inputs.Select(column => column.Name)], most: 20);
        throw new FormatException(
            $"'{file}' has {names.Count} columns and none named '{missing}'; "
            + $"give {Inputs.Count} input columns ({wanted}) by name or in that order.");
    }

    private static bool AreMadeUp(IReadOnlyList<string> names) =>
        names.Select((name, i) => name == CsvTable.NameOf(i)).All(isMadeUp => isMadeUp);
}
