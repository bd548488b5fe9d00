using System.Globalization;

namespace Hebb.Data;

/// <summary>Turns rows into inputs, one value after the other. Several threads may use it at once.</summary>
internal sealed class RowEncoder
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public RowEncoder(TableSchema schema, UnknownCategories unknown)
    {
        (Schema, Unknown) = (schema, unknown);
        Columns = new ColumnEncoder[schema.Inputs.Count];
        for (int i = 0, place = 0; i < Columns.Length; i++)
        {
            TableColumn column = schema.Inputs[i];
            Columns[i] = new ColumnEncoder(column, Width, schema.InputScaler, column.IsNumeric ? place++ : 0, unknown);
            Width += column.Width;
            _places.TryAdd(column.Name, i);
        }
    }

    public TableSchema Schema { get; }

    public UnknownCategories Unknown { get; }

    /// <summary>The encoders of the input columns, in order.</summary>
    public ColumnEncoder[] Columns { get; }

    /// <summary>How many inputs a row has.</summary>
    public int Width { get; }

    /// <summary>A row by the names of its columns.</summary>
    public void Encode(IReadOnlyDictionary<string, object?> row, Span<float> input)
    {
        ArgumentNullException.ThrowIfNull(row);
        input.Clear();
        int found = 0;
        foreach ((string name, object? value) in row)
        {
            if (!_places.TryGetValue(name, out int place)) throw NoSuchColumn(name);
            Put(Columns[place], Of(Columns[place], value), input);
            found++;
        }
        if (found < Columns.Length)
            throw new ArgumentException(
                $"The row has no value for '{Columns.First(column => !row.ContainsKey(column.Column.Name)).Column.Name}'; "
                + "give one, or null if it is missing.");
    }

    /// <summary>A row in the order of the columns.</summary>
    public void Encode(ReadOnlySpan<TableCell> row, Span<float> input)
    {
        if (row.Length != Columns.Length)
            throw new ArgumentException($"The row has {row.Length} values, but there are {Columns.Length} columns ({Names()}); "
                + "give one for each, in this order, and null if it is missing.");
        input.Clear();
        for (int i = 0; i < Columns.Length; i++) Put(Columns[i], row[i], input);
    }

    private static void Put(ColumnEncoder encoder, TableCell cell, Span<float> input)
    {
        Misfit? misfit;
        if (encoder.Column.IsNumeric)
        {
            if (!cell.IsMissing && cell.Number is null)
                throw Error(encoder, new Misfit($"{cell}", "a number", "give a number, or null if it is missing"));
            misfit = encoder.Put(cell.Number ?? double.NaN, input);
        }
        else
        {
            misfit = Code(encoder, cell, out int code);
            if (misfit is null) encoder.Write(code, input);
        }
        if (misfit is not null) throw Error(encoder, misfit);
    }

    /// <summary>The code of a category; one that is a number is known by the text that is written for it.</summary>
    private static Misfit? Code(ColumnEncoder encoder, TableCell cell, out int code)
    {
        if (cell.Text is { } text) return encoder.CodeOf(text, out code);
        if (cell.Truth is { } truth) return encoder.CodeOf(truth, out code);
        if (cell.Number is not { } number) return encoder.CodeOfMissing(out code);
        Span<char> written = stackalloc char[32];
        number.TryFormat(written, out int length, provider: CultureInfo.InvariantCulture);
        return encoder.CodeOf(written[..length], out code);
    }

    private static TableCell Of(ColumnEncoder encoder, object? value)
    {
        try
        {
            return TableCell.Of(value);
        }
        catch (ArgumentException)
        {
            throw Error(encoder, new Misfit($"a {value!.GetType().Name}", encoder.Column.IsNumeric ? "a number" : "a text",
                "give a number, a text, a bool, an enum, or null if it is missing"));
        }
    }

    private static ArgumentException Error(ColumnEncoder encoder, Misfit misfit) => new(
        $"The row's value for '{encoder.Column.Name}': found {misfit.Found}, expected {misfit.Expected}; {misfit.Mend}.");

    private ArgumentException NoSuchColumn(string name) => new(
        name == Schema.Target.Name
            ? $"The row has a value for '{name}', which the model predicts; leave it out."
            : $"The row has a value for '{name}', which is no input; "
                + (_places.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } near
                    ? $"did you mean '{near}'?" : $"give values for {Names()}."));

    private string Names() => PlainText.List([.. Columns.Select(column => column.Column.Name)], most: 20);
}
