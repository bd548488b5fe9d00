using Hebb.Files;

namespace Hebb.Data;

/// <summary>Finds the <see cref="TableSchema"/> of a table.</summary>
internal sealed class TableFit(CsvTable table, TableOptions options)
{
    public TableSchema Fit(ReadOnlySpan<int> train)
    {
        CsvColumn target = table.Column(options.Target);
        HashSet<CsvColumn> dropped = [target, .. options.Drop.Select(table.Column)];
        HashSet<CsvColumn> zeros = [.. options.ZeroIsMissing.Select(table.Column)];
        CsvColumn[] columns = [.. table.Columns.Where(column => !dropped.Contains(column))];
        if (columns.Length == 0)
            throw new FormatException($"'{table.Name}' has no column besides the target '{target.Name}' that is not dropped; keep at least one.");

        List<TableColumn> inputs = [];
        foreach (CsvColumn column in columns) inputs.Add(FitColumn(column, train, zeros.Contains(column)));
        long width = inputs.Sum(column => (long)column.Width);
        if (width > TableSchema.MaxWidth)
        {
            TableColumn widest = inputs.MaxBy(column => column.Width)!;
            throw new FormatException($"'{table.Name}' makes {width} inputs, of which {widest.Width} are the categories of '{widest.Name}'; drop that column (at most {TableSchema.MaxWidth}).");
        }

        double[][] numbers = new double[columns.Length][];
        for (int i = 0; i < columns.Length; i++) numbers[i] = inputs[i].IsNumeric ? Values(columns[i], inputs[i], train) : [];
        Scaler scaler = FitScaler([.. numbers.Where(column => column.Length > 0)], train.Length);
        return new TableSchema(inputs, FitTarget(target), options.TargetEnding, table.Columns.Count, scaler,
            target.IsNumeric ? FitScaler([Values(target, FitTarget(target), train)], train.Length) : null);
    }

    /// <summary>The number of a row, or what stands for it where it is missing.</summary>
    public static double Value(double number, TableColumn column) =>
        double.IsNaN(number) || (column.ZeroIsMissing && number == 0) ? column.Fill : number;

    private static double[] Values(CsvColumn column, TableColumn kind, ReadOnlySpan<int> rows)
    {
        double[] values = new double[rows.Length];
        for (int i = 0; i < values.Length; i++) values[i] = Value(column.Numbers[rows[i]], kind);
        return values;
    }

    private TableColumn FitColumn(CsvColumn column, ReadOnlySpan<int> train, bool zeroIsMissing)
    {
        if (!column.IsNumeric)
            return new TableColumn(column.Name, column.Number, false, 0, column.Categories, column.Codes.Contains(-1), ZeroIsMissing: false);

        List<double> known = [];
        foreach (int row in train)
        {
            double number = column.Numbers[row];
            if (!double.IsNaN(number) && !(zeroIsMissing && number == 0)) known.Add(number);
        }

        if (known.Count == 0)
            throw new FormatException($"'{table.Name}' has no number in column {column.Number} ('{column.Name}') of the training rows; drop the column.");
        known.Sort();
        int middle = known.Count / 2;
        double median = known.Count % 2 == 1 ? known[middle] : known[middle - 1] / 2 + known[middle] / 2;
        return new TableColumn(column.Name, column.Number, true, median, [], MissingIsCategory: false, zeroIsMissing);
    }

    private TableColumn FitTarget(CsvColumn column)
    {
        if (column.IsNumeric) return new TableColumn(column.Name, column.Number, true, 0, [], false, false);
        TableColumn target = new(column.Name, column.Number, false, 0,
            [.. column.Categories.Select(Trim).Distinct(StringComparer.Ordinal)], false, false);
        return target.Categories.Count >= 2 ? target : throw new FormatException(
            $"'{table.Name}' has the one class '{string.Concat(target.Categories)}' in column {column.Number} ('{column.Name}'), and a classification needs two; give another target.");

        string Trim(string text) => options.TargetEnding.Length > 0 && text.EndsWith(options.TargetEnding, StringComparison.Ordinal)
            ? text[..^options.TargetEnding.Length]
            : text;
    }

    private Scaler FitScaler(double[][] columns, int rows)
    {
        if (columns.Length == 0) return Scaler.Identity(0);
        double[] data = new double[rows * columns.Length];
        for (int i = 0; i < data.Length; i++) data[i] = columns[i % columns.Length][i / columns.Length];
        return options.Scaling switch
        {
            TableScaling.Standard => Scaler.FitStandard(data, columns.Length),
            TableScaling.MinMax => Scaler.FitMinMax(data, columns.Length),
            _ => Scaler.Identity(columns.Length),
        };
    }
}
