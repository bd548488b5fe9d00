using Hebb.Files;

namespace Hebb.Data;

/// <summary>Finds the <see cref="TableSchema"/> of a table.</summary>
internal sealed class TableFit(CsvTable table, TableOptions options)
{
    private const int MostFeatures = 50;

    public TableSchema Fit(ReadOnlySpan<int> train)
    {
        CsvColumn target = table.Column(options.Target);
        if (target.IsNumeric && target.Numbers.IndexOf(double.NaN) is var missing and >= 0)
            throw table.Error(missing, target, "a missing number", "a number to predict", "fill it in or remove the row");
        HashSet<CsvColumn> dropped = [.. options.Drop.Select(table.Find).OfType<CsvColumn>()];
        if (!dropped.Add(target))
            throw new FormatException($"The column '{target.Name}' of '{table.Name}' is the target and was to be dropped; "
                + "take it from the columns to drop, or name another target.");
        HashSet<CsvColumn> zeros = [.. options.ZeroIsMissing.Select(table.Column)];
        HashSet<CsvColumn> embedded = options.Embed.Contains(TableOptions.All)
            ? [.. table.Columns.Where(column => !column.IsNumeric)]
            : [.. options.Embed.Select(Embeddable)];
        CsvColumn[] columns = [.. table.Columns.Where(column => !dropped.Contains(column) && !TableNotices.IsEmpty(column))];
        if (columns.Length == 0)
            throw new FormatException(
                $"'{table.Name}' has no column with values besides the target '{target.Name}' that is not dropped; keep at least one.");

        List<TableColumn> inputs = [];
        foreach (CsvColumn column in columns) inputs.Add(FitColumn(column, train, zeros.Contains(column), embedded.Contains(column)));
        long width = inputs.Sum(column => (long)column.Width);
        if (width > TableSchema.MaxWidth)
        {
            TableColumn widest = inputs.MaxBy(column => column.Width)!;
            throw new FormatException($"'{table.Name}' makes {width} inputs, "
                + $"of which {widest.Width} are the categories of '{widest.Name}'; drop that column "
                + $"(Drop = {CsvTable.Quote(widest.Name, widest.Number)}), as there may be at most {TableSchema.MaxWidth}.");
        }

        Scaler[] scalers = new Scaler[columns.Length];
        for (int i = 0; i < columns.Length; i++)
            scalers[i] = inputs[i].IsNumeric ? FitScaler(columns[i], inputs[i], train) : Scaler.Identity(0);
        TableColumn predicted = FitTarget(target);
        return new TableSchema(inputs, predicted, options.TargetEnding, table.Names.Count,
            new Scaler([.. scalers.SelectMany(scaler => scaler.Offsets)], [.. scalers.SelectMany(scaler => scaler.Scales)]),
            target.IsNumeric ? FitScaler(target, predicted, train) : null);
    }

    /// <summary>The number of a row, or what stands for it where it is missing.</summary>
    public static double Value(double number, TableColumn column) =>
        column.IsMissing(number) ? column.Fill : number;

    private TableColumn FitColumn(CsvColumn column, ReadOnlySpan<int> train, bool zeroIsMissing, bool isEmbedded)
    {
        bool refuses = options.Missing == MissingNumbers.Refuse;
        if (!column.IsNumeric)
        {
            bool missingIsCategory = !refuses && column.Codes.Contains(-1);
            return new TableColumn(column.Name, column.Number, false, 0, column.Categories, missingIsCategory, ZeroIsMissing: false)
            {
                RefusesMissing = refuses,
                // Half as many numbers as there are categories, and not more than tell a great many apart.
                Features = isEmbedded ? Math.Clamp((column.Categories.Count + 1) / 2, 1, MostFeatures) : 0,
            };
        }

        TableColumn found =
            new(column.Name, column.Number, true, 0, [], MissingIsCategory: false, zeroIsMissing) { RefusesMissing = refuses };
        List<double> known = [];
        foreach (int row in train)
        {
            if (!found.IsMissing(column.Numbers[row])) known.Add(column.Numbers[row]);
        }

        if (known.Count == 0)
            throw new FormatException(
                $"'{table.Name}' has no number in column {column.Number} ('{column.Name}') of the training rows; drop the column "
                + $"(Drop = {CsvTable.Quote(column.Name, column.Number)}).");
        return found with
        {
            Fill = options.Missing == MissingNumbers.Mean ? known.Average() : Median(known),
            HasIndicator = options.Missing == MissingNumbers.Indicator && HasMissing(column, found),
        };
    }

    private static bool HasMissing(CsvColumn column, TableColumn kind)
    {
        foreach (double number in column.Numbers)
        {
            if (kind.IsMissing(number)) return true;
        }

        return false;
    }

    private static double Median(List<double> numbers)
    {
        numbers.Sort();
        int middle = numbers.Count / 2;
        return numbers.Count % 2 == 1 ? numbers[middle] : numbers[middle - 1] / 2 + numbers[middle] / 2;
    }

    private CsvColumn Embeddable(string name)
    {
        CsvColumn column = table.Column(name);
        return !column.IsNumeric ? column
            : throw new FormatException($"'{table.Name}' has numbers in column {column.Number} ('{column.Name}'), "
                + "which was to be embedded; take them for categories "
                + $"(Categorical = {CsvTable.Quote(column.Name, column.Number)}), or leave it out of Embed.");
    }

    private TableColumn FitTarget(CsvColumn column)
    {
        if (column.IsNumeric)
        {
            if (!column.Numbers.ContainsAnyExcept(column.Numbers[0]))
                throw new FormatException($"'{table.Name}' has the one number {column.Numbers[0]} in column {column.Number} "
                    + $"('{PlainText.Of(column.Name)}'), and there is nothing to predict; give another target.");
            return new TableColumn(column.Name, column.Number, true, 0, [], false, false);
        }
        TableNotices.RequireClasses(table, column);
        TableColumn target = new(column.Name, column.Number, false, 0,
            [.. column.Categories.Select(Trim).Distinct(StringComparer.Ordinal)], false, false);
        if (target.Categories.Count < 2 && column.Codes.IndexOf(-1) is var missing and >= 0)
            throw table.Error(missing, column, table.Missing(missing, column), "a second class", "correct the cell or remove the row");
        return target.Categories.Count >= 2
            ? target
            : throw new FormatException(
                $"'{table.Name}' has the one class '{string.Concat(target.Categories)}' in column {column.Number} ('{column.Name}'), "
                + "and a classification needs two; give another target.");

        string Trim(string text) => options.TargetEnding.Length > 0 && text.EndsWith(options.TargetEnding, StringComparison.Ordinal)
            ? text[..^options.TargetEnding.Length]
            : text;
    }

    private Scaler FitScaler(CsvColumn column, TableColumn kind, ReadOnlySpan<int> rows)
    {
        double[] data = new double[rows.Length];
        for (int i = 0; i < data.Length; i++) data[i] = Value(column.Numbers[rows[i]], kind);
        try
        {
            return options.Scaling switch
            {
                TableScaling.Standard => Scaler.FitStandard(data, 1),
                TableScaling.MinMax => Scaler.FitMinMax(data, 1),
                _ => Scaler.Identity(1),
            };
        }
        catch (ArgumentException error) when (data.Length > 0)
        {
            throw new FormatException($"'{table.Name}' has numbers in column {column.Number} ('{PlainText.Of(column.Name)}') "
                + $"from {data.Min()} to {data.Max()}, too large or too far apart to be scaled; "
                + "give them in another unit, or another column.", error);
        }
    }
}
