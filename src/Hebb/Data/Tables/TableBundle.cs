using Hebb.Files;

namespace Hebb.Data;

/// <summary>Parts tables and makes samples of their rows.</summary>
internal static class TableBundle
{
    /// <summary>A table, and another one for testing or null, as a parted data set.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="table">The file that trains and validates; without <paramref name="test"/> it tests too.</param>
    /// <param name="test">The file that tests, if there is one.</param>
    /// <param name="columns">How to fit a schema; not needed if <paramref name="options"/> has one.</param>
    /// <param name="options">The split seed, and perhaps the schema of a trained model.</param>
    public static DataBundle Make(string name, CsvTable table, CsvTable? test, TableOptions? columns, DataOptions options)
    {
        CsvColumn target = options.Table is { } known ? Measured(table, known) : table.Column(columns!.Target);
        bool isTarget(string name) => name != TableOptions.All && table.Column(name) == target;
        if (options.Table is null && options.Embed.FirstOrDefault(isTarget) is { } one)
            throw new ArgumentException(
                $"'{one}' is the target of '{table.Name}' and was to be embedded as an input; name input columns to embed.");
        Split split = Part(table, test is not null, target, options.SplitSeed);
        if (split.Train.Length == 0)
            throw new FormatException($"'{table.Name}' has {table.RowCount} rows, too few to train on; give more.");
        TableSchema schema =
            options.Table ?? TableSchema.Fit(table, split.Train, columns! with
            {
                Missing = options.Missing,
                Embed = options.Embed,
                Drop = [.. columns.Drop, .. options.Drop],
            });
        TableDataset rows = schema.Encode(table, unknown: options.Unknown);
        return new DataBundle(name, new Subset(rows, split.Train), new Subset(rows, split.Validation),
            test is null ? new Subset(rows, split.Test) : schema.Encode(test, unknown: options.Unknown))
        { Table = schema };
    }

    /// <summary>The column by which a model is measured.</summary>
    private static CsvColumn Measured(CsvTable table, TableSchema schema)
    {
        int place = schema.Match(table.Name, table.Names).Target;
        return place >= 0 && table.At(place) is { } target ? target : throw new FormatException(
            $"'{table.Name}' has no column '{schema.Target.Name}', which the model predicts, so nothing can be measured; "
            + "give rows that have it, or predict for these.");
    }

    private static Split Part(CsvTable table, bool hasTest, CsvColumn target, ulong seed)
    {
        if (hasTest)
        {
            (int[] train, int[] validation) = Splits.LastTenth(table.RowCount, seed);
            return new Split(train, validation, []);
        }

        return target.IsNumeric ? Splits.ThreeWay(table.RowCount, seed) : Splits.Stratified(target.Codes, seed);
    }
}
