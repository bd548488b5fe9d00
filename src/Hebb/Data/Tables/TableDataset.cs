using Hebb.Files;

namespace Hebb.Data;

/// <summary>
/// The rows of a table as samples. Numbers are kept scaled and categories as codes, so that the memory does not grow with the number of
/// categories; each becomes a row of zeros and a one as it is fetched.
/// </summary>
public sealed class TableDataset : IDataset
{
    private readonly TableSchema _schema;
    private readonly RowEncoder _encoder;
    private readonly float[] _numbers; // rows x numeric columns
    private readonly int[] _codes; // rows x columns that have one
    private readonly int[] _classes;
    private readonly float[] _values;
    private readonly int _numeric, _coded;

    private TableDataset(RowEncoder encoder, int count, Target target)
    {
        TableSchema schema = encoder.Schema;
        (_schema, _encoder) = (schema, encoder);
        _numeric = schema.InputScaler.Width;
        _numbers = Arrays.Of<float>(count, _numeric);
        _coded = schema.Inputs.Count(column => column.HasCode);
        _codes = Arrays.Of<int>(count, _coded);
        Count = count;
        Fields = [Field.Input([schema.Width]), Field.Of(target)];
        _classes = [];
        _values = [];
    }

    private TableDataset(TableDataset inputs, int[] classes, float[] values)
    {
        (_schema, _encoder, _numeric, _coded, _numbers, _codes, Count, Fields) = (
            inputs._schema, inputs._encoder, inputs._numeric, inputs._coded, inputs._numbers, inputs._codes, inputs.Count, inputs.Fields);
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
        int number = sample * _numeric, code = sample * _coded;
        foreach (ColumnEncoder encoder in _encoder.Columns)
        {
            if (encoder.Column.IsNumeric) encoder.Write(_numbers[number++], encoder.Column.HasCode && _codes[code++] == 1, input);
            else encoder.Write(_codes[code++], input);
        }
    }

    /// <summary>Encodes the matched columns of a table; without a target column the samples have inputs only.</summary>
    internal static TableDataset Encode(
        TableSchema schema, UnknownCategories unknown, CsvTable table, CsvColumn[] inputs, CsvColumn? target)
    {
        TableDataset set = new(new RowEncoder(schema, unknown), table.RowCount,
            schema.Target.IsNumeric ? Target.Values(schema.Target.Name) : Target.Classes(schema.Target.Categories));
        int number = 0, code = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            ColumnEncoder encoder = set._encoder.Columns[i];
            if (encoder.Column.IsNumeric) set.EncodeNumbers(table, inputs[i], encoder, number++, code);
            else set.EncodeCodes(table, inputs[i], encoder, code);
            if (encoder.Column.HasCode) code++;
        }

        return target is null ? set : new TableDataset(set, set.EncodeClasses(table, target), set.EncodeValues(table, target));
    }

    private void EncodeNumbers(CsvTable table, CsvColumn from, ColumnEncoder encoder, int place, int code)
    {
        RequireNumbers(table, from);
        for (int row = 0; row < Count; row++)
        {
            double number = from.Numbers[row];
            if (encoder.Scale(number, out _numbers[row * _numeric + place]) is { } misfit) throw Error(table, row, from, misfit);
            if (encoder.Column.HasIndicator) _codes[row * _coded + code] = encoder.Column.IsMissing(number) ? 1 : 0;
        }
    }

    private void EncodeCodes(CsvTable table, CsvColumn from, ColumnEncoder encoder, int place)
    {
        RequireCategories(table, from);
        (Misfit? Misfit, int Code) missing = (encoder.CodeOfMissing(out int none), none);
        (Misfit? Misfit, int Code)[] known = [.. from.Categories.Select(text => (encoder.CodeOf(text, out int code), code))];
        for (int row = 0; row < Count; row++)
        {
            int code = from.Codes[row];
            (Misfit? misfit, int translated) = code < 0 ? missing : known[code];
            _codes[row * _coded + place] = misfit is null ? translated
                : throw Error(table, row, from, code < 0 ? misfit with { Found = table.Missing(row, from) } : misfit);
        }
    }

    private int[] EncodeClasses(CsvTable table, CsvColumn from)
    {
        if (_schema.Target.IsNumeric) return [];
        RequireCategories(table, from);
        ColumnEncoder encoder = new(_schema.Target, 0, _schema.InputScaler, 0, UnknownCategories.Refuse);
        int[] classes = new int[Count];
        for (int row = 0; row < Count; row++)
        {
            int code = from.Codes[row];
            Misfit? misfit = code < 0
                ? encoder.CodeOfMissing(out classes[row])
                : encoder.CodeOf(_schema.ClassName(from.Categories[code]), out classes[row]);
            if (misfit is not null)
                throw Error(table, row, from, misfit with
                {
                    Found = code < 0 ? table.Missing(row, from) : misfit.Found,
                    Mend = "correct the cell or remove the row",
                });
        }

        return classes;
    }

    private float[] EncodeValues(CsvTable table, CsvColumn from)
    {
        if (!_schema.Target.IsNumeric) return [];
        RequireNumbers(table, from);
        ColumnEncoder encoder = new(_schema.Target with { RefusesMissing = true }, 0, _schema.TargetScaler!, 0, UnknownCategories.Refuse);
        float[] values = new float[Count];
        for (int row = 0; row < Count; row++)
        {
            if (encoder.Scale(from.Numbers[row], out values[row]) is { } misfit)
                throw Error(table, row, from, misfit with { Mend = "correct the cell or remove the row" });
        }

        return values;
    }

    /// <summary>Refuses a column of texts by its first text.</summary>
    private static void RequireNumbers(CsvTable table, CsvColumn from)
    {
        if (from.IsNumeric) return;
        int row = Math.Max(0, from.Codes.IndexOfAnyExcept(-1));
        string text = from.Codes[row] < 0 ? "" : from.Categories[from.Codes[row]];
        throw table.Error(row, from, $"'{CsvFile.Clip(text)}'", "a number, as in the file that the model learned from",
            CsvNumbers.Mend([text], table.Decimal) ?? "correct the column");
    }

    private static void RequireCategories(CsvTable table, CsvColumn from)
    {
        if (from.IsNumeric)
            throw table.Error(0, from, "numbers", "categories, as in the file that the model learned from",
                $"take them for categories (Categorical = {CsvTable.Quote(from.Name, from.Number)})");
    }

    private static FormatException Error(CsvTable table, int row, CsvColumn from, Misfit misfit) =>
        table.Error(row, from, misfit.Found, misfit.Expected, misfit.Mend);
}
