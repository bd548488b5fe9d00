using System.Globalization;
using Hebb.Files;

namespace Hebb.Data;

/// <summary>
/// The rows of a table as samples. Numbers are kept scaled and categories as codes, so that the memory does not grow with the number of
/// categories; each becomes a row of zeros and a one as it is fetched.
/// </summary>
public sealed class TableDataset : IDataset
{
    private readonly TableSchema _schema;
    private readonly float[] _numbers; // rows x numeric columns
    private readonly int[] _codes; // rows x columns that have one
    private readonly int[] _classes;
    private readonly float[] _values;
    private readonly int _numeric, _coded;

    private TableDataset(TableSchema schema, int count, Target target)
    {
        _schema = schema;
        _numeric = schema.InputScaler.Width;
        _numbers = new float[checked(count * _numeric)];
        _coded = schema.Inputs.Count(column => column.HasCode);
        _codes = new int[checked(count * _coded)];
        Count = count;
        Fields = [Field.Input([schema.Width]), Field.Of(target)];
        _classes = [];
        _values = [];
    }

    private TableDataset(TableDataset inputs, int[] classes, float[] values)
    {
        (_schema, _numeric, _coded, _numbers, _codes, Count, Fields) =
            (inputs._schema, inputs._numeric, inputs._coded, inputs._numbers, inputs._codes, inputs.Count, inputs.Fields);
        _classes = classes;
        _values = values;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The target is wanted, and the rows were read without it.</exception>
    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        bool wantsTarget = into.Wants(Field.TargetName), isClass = Fields[1].Target!.IsClass;
        if (wantsTarget && (isClass ? _classes.Length : _values.Length) != Count)
            throw new InvalidOperationException(
                $"The rows were read without the column '{_schema.Target.Name}'; encode them with their target.");
        for (int i = 0; i < samples.Length; i++)
        {
            Encode(samples[i], into.Input<float>(i));
            if (!wantsTarget) continue;
            if (isClass) into.Target<long>(i)[0] = _classes[samples[i]];
            else into.Target<float>(i)[0] = _values[samples[i]];
        }
    }

    private void Encode(int sample, Span<float> input)
    {
        input.Clear();
        int number = sample * _numeric, code = sample * _coded, at = 0;
        foreach (TableColumn column in _schema.Inputs)
        {
            if (column.IsNumeric) input[at] = _numbers[number++];
            if (column.HasIndicator) input[at + 1] = _codes[code++];
            else if (column.Features > 0) input[at] = _codes[code++];
            else if (!column.IsNumeric) input[at + _codes[code++]] = 1;
            at += column.Width;
        }
    }

    /// <summary>Encodes the matched columns of a table; without a target column the samples have inputs only.</summary>
    internal static TableDataset Encode(TableSchema schema, CsvTable table, CsvColumn[] inputs, CsvColumn? target)
    {
        TableDataset set = new(schema, table.RowCount,
            schema.Target.IsNumeric ? Target.Values(schema.Target.Name) : Target.Classes(schema.Target.Categories));
        int number = 0, code = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            TableColumn column = schema.Inputs[i];
            if (column.IsNumeric) set.EncodeNumbers(table, inputs[i], column, number++, code);
            else set.EncodeCodes(table, inputs[i], column, code);
            if (column.HasCode) code++;
        }

        return target is null ? set : new TableDataset(set, set.EncodeClasses(table, target), set.EncodeValues(table, target));
    }

    private void EncodeNumbers(CsvTable table, CsvColumn from, TableColumn column, int place, int code)
    {
        if (!from.IsNumeric)
            throw table.Error(0, from, "categories", "numbers, as in the file that the model learned from", "correct the column");
        for (int row = 0; row < Count; row++)
        {
            double number = from.Numbers[row];
            if (column.RefusesMissing && column.IsMissing(number))
                throw table.Error(
                    row, from, number == 0 ? "0, which stands for a missing number" : "a missing number", "a number",
                    "fill it in, remove the row, or train with another rule for missing numbers");
            double scaled = _schema.InputScaler.Transform(TableFit.Value(number, column), place);
            _numbers[row * _numeric + place] = Single(scaled, table, row, from);
            if (column.HasIndicator) _codes[row * _coded + code] = column.IsMissing(number) ? 1 : 0;
        }
    }

    private void EncodeCodes(CsvTable table, CsvColumn from, TableColumn column, int place)
    {
        int[] translated = Translate(table, from, column, text => text);
        for (int row = 0; row < Count; row++)
        {
            int code = from.Codes[row];
            if (code < 0 ? !column.MissingIsCategory : translated[code] < 0) throw Unknown(table, row, from, column);
            _codes[row * _coded + place] = code < 0 ? column.Categories.Count : translated[code];
        }
    }

    private int[] EncodeClasses(CsvTable table, CsvColumn from)
    {
        if (_schema.Target.IsNumeric) return [];
        int[] translated = Translate(table, from, _schema.Target, _schema.ClassName), classes = new int[Count];
        for (int row = 0; row < Count; row++)
        {
            int code = from.Codes[row];
            classes[row] = code >= 0 && translated[code] >= 0 ? translated[code] : throw Unknown(table, row, from, _schema.Target);
        }

        return classes;
    }

    private float[] EncodeValues(CsvTable table, CsvColumn from)
    {
        if (!_schema.Target.IsNumeric) return [];
        if (!from.IsNumeric) throw table.Error(0, from, "categories", "numbers to predict", "correct the column");
        float[] values = new float[Count];
        for (int row = 0; row < Count; row++)
        {
            if (double.IsNaN(from.Numbers[row]))
                throw table.Error(row, from, "a missing number", "a number to predict", "fill it in or remove the row");
            values[row] = Single(_schema.TargetScaler!.Transform(from.Numbers[row], 0), table, row, from);
        }

        return values;
    }

    /// <summary>A scaled number as a sample holds it; refused where it is too large for that.</summary>
    private static float Single(double scaled, CsvTable table, int row, CsvColumn from) => float.IsFinite((float)scaled)
        ? (float)scaled
        : throw table.Error(
            row, from, string.Create(CultureInfo.InvariantCulture, $"{from.Numbers[row]}"),
            "a number of the size of those that the model learned from", "correct the cell, or leave it empty if the value is missing");

    /// <summary>The code that the schema gives each of the file's categories, or -1.</summary>
    private static int[] Translate(CsvTable table, CsvColumn from, TableColumn column, Func<string, string> name)
    {
        if (from.IsNumeric)
            throw table.Error(
                0, from, "numbers", "categories, as in the file that the model learned from", "read the column as categorical");
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < column.Categories.Count; i++) places.Add(column.Categories[i], i);
        return [.. from.Categories.Select(text => places.GetValueOrDefault(name(text), -1))];
    }

    private static FormatException Unknown(CsvTable table, int row, CsvColumn from, TableColumn column)
    {
        int code = from.Codes[row];
        string known = string.Join(", ", column.Categories.Take(20)) + (column.Categories.Count > 20 ? ", ..." : "");
        return table.Error(
            row, from, code < 0 ? "a missing cell" : $"'{from.Categories[code]}'", $"one of {known}",
            "correct the cell or train on data that have it");
    }
}
