using System.Text.Json;
using Hebb.Data;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>
/// One row of a table of people, from its values to the probabilities of two classes: six numbers are scaled and eight categories become
/// 101 inputs of 0 and 1, as in the table 'adult', and go through the network 'mlp'.
/// </summary>
internal static class RowWorkload
{
    public const string Name = "table_row_infer";

    private const int Numbers = 6, Rows = 16;

    private static readonly int[] s_categories = [9, 16, 7, 15, 6, 5, 2, 41];

    public static Workload Build(bool isCompiled)
    {
        TableSchema schema = Schema();
        RunDescription run = new()
        {
            Data = "people",
            Model = "mlp",
            InputShape = [schema.Width],
            IsClassifier = true,
            Names = schema.Target.Categories,
            Table = JsonDocument.Parse(schema.ToJson()).RootElement,
        };
        TrainedModel trained = new(run, ReadyModels.Build(run));
        trained.Model.Initialize(0);
        trained.Model.Eval();
        TableCell[][] rows = [.. Enumerable.Range(0, Rows).Select(Row)];
        int turn = 0;
        return new Workload(Name, 1, isCompiled
            ? () => trained.PredictRow(rows[turn++ % Rows])
            : () => trained.Predict(schema.Encode(rows[turn++ % Rows])))
        { Parameters = trained.Model.ParameterCount };
    }

    private static TableCell[] Row(int row) =>
    [
        .. Enumerable.Range(0, Numbers).Select(i => (TableCell)(row * 1.5 - i)),
        .. s_categories.Select(count => (TableCell)$"kind {row % count}"),
    ];

    private static TableSchema Schema()
    {
        TableColumn[] inputs =
        [
            .. Enumerable.Range(0, Numbers).Select(i => new TableColumn($"number {i}", i + 1, true, 0, [], false, false)),
            .. s_categories.Select((count, i) => new TableColumn(
                $"kinds {i}", Numbers + i + 1, false, 0, [.. Enumerable.Range(0, count).Select(k => $"kind {k}")], false, false)),
        ];
        TableColumn target = new("class", inputs.Length + 1, false, 0, ["no", "yes"], false, false);
        Scaler scaler = new([.. Enumerable.Repeat(2.0, Numbers)], [.. Enumerable.Repeat(7.0, Numbers)]);
        return new TableSchema(inputs, target, "", inputs.Length + 1, scaler, null);
    }
}
