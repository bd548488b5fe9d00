using System.CommandLine;
using Hebb.Data;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>hebb evaluate RUN [DATA]: metrics and confusion table on the test samples.</summary>
internal sealed class EvaluateCommand : ICommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "A run folder that 'train' wrote." };
    private readonly Argument<string?> _data = new("DATA")
    {
        Description = "Other data: a set by name, a CSV file, or a folder of texts or images; the run's own by default.",
        Arity = ArgumentArity.ZeroOrOne
    };
    private readonly Option<string?> _root =
        new("--data-root") { Description = "The folder with known data sets; the environment variable HEBB_DATA by default." };
    private readonly Option<bool> _eager =
        new("--eager") { Description = "Run every batch op by op instead of replaying a recording; the results are the same." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on the last line." };
    private readonly Option<int?> _threads = SharedOptions.Threads();
    private readonly ReadingArguments _reading = new();

    public Command Build()
    {
        Command command = new("evaluate", "Measure a trained model on test samples.") { _run, _data, _root, _threads, _eager, _json };
        _reading.ForRun.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Abandonable.Run(() => Run(parsed, cancellation), cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        SharedOptions.UseThreads(parsed.GetValue(_threads));
        TrainedModel trained = TrainedModel.Read(parsed.GetValue(_run)!, ReadyModels.Build);
        RunDescription run = trained.Description;
        string name = parsed.GetValue(_data) ?? OwnData(parsed.GetValue(_run)!, run.Data);
        TableReading reading = _reading.ReadOver(trained, parsed);
        DataOptions options = trained.DataOptions(parsed.GetValue(_root) ?? DataArguments.DefaultRoot) with
        {
            Separator = reading.Separator,
            Header = reading.Header,
            Decimal = reading.Decimal,
            Unknown = reading.Unknown,
            ImageFormats = Jpeg.Formats,
        };
        _reading.ForRun.Require(parsed, DataCatalog.KindOf(name, options), $"'{name}' is");
        DataBundle data = Usage.Of(() => DataCatalog.Load(name, options));
        TextWriter errors = parsed.InvocationConfiguration.Error;
        DataArguments.Show(data.Notices, errors);
        trained.RequireFit(data);
        (IDataset samples, string? remark) = trained.TestSamples(data);
        if (remark is not null) DataArguments.Show([remark], errors);
        if (samples.Count == 0) throw new UsageException($"'{name}' has no test samples; give a larger set.");

        ConfusionMatrix confusion = new();
        BalancedAccuracy balanced = new();
        TopAccuracy top = new(Math.Min(5, data.Target.Width));
        RootMeanSquaredError rmse = new();
        Evaluator evaluator = new(trained.Model, trained.Task, parsed.GetValue(_eager), notice => DataArguments.Show([notice], errors));
        Evaluation result = evaluator.Run(
            Experiment.InOrder(samples)!, cancellation,
            (outputs, batch) =>
            {
                (Tensor output, Tensor target) = (outputs[0].Values, batch.Target);
                PredictionWriter.RequireFinite(name, output.Cast(DType.Float64).ToArray<double>());
                if (run.IsClassifier)
                {
                    confusion.Add(output, target);
                    balanced.Add(output, target);
                    top.Add(output, target);
                }
                else
                {
                    rmse.Add(output, target);
                }
            });
        double error = rmse.Value * (trained.Table?.TargetScaler?.Scales[0] ?? 1);
        TextWriter output = parsed.InvocationConfiguration.Output;
        output.WriteLine(PlainText.Of(run.IsClassifier
            ? $"{name}: {result.Count} samples, loss {result.Loss:0.0000}, accuracy {result.Score:0.0000}, "
                + $"{balanced.Name} {balanced.Value:0.0000}, {top.Name} {top.Value:0.0000}"
            : $"{name}: {result.Count} samples, loss {result.Loss:0.0000}, "
                + $"R² {TrainingDisplay.Score(result.Score, result.Loss)}, RMSE {error:g6} (in the unit of '{run.Names[0]}')"));
        if (run.IsClassifier) output.WriteLine(confusion.ToString(run.Names));
        if (parsed.GetValue(_json)) output.WriteLine(Json(name, run, result, top.Value, error));
        return Tool.Done;
    }

    /// <summary>The run's own data, which are called as they were where the training was started.</summary>
    private static string OwnData(string run, string data)
    {
        if (DataCatalog.Find(data) is not null || Path.Exists(data)) return data;
        DirectoryInfo? above = new(Path.GetFullPath(run));
        while (above is not null && !Path.Exists(Path.Combine(above.FullName, data))) above = above.Parent;
        string place = above is null ? "DATA" : Path.GetRelativePath(".", Path.Combine(above.FullName, data));
        throw new UsageException($"The model was trained on '{data}', which is not there as seen from this folder; "
            + $"go to the one in which it was trained, or say where the data are: 'hebb evaluate {run} {place}'.");
    }

    private static string Json(string data, RunDescription run, Evaluation result, double top, double rmse) => JsonLine.Of(json =>
    {
        json.WriteString("data", data);
        json.WriteString("model", run.Model);
        json.WriteNumber("samples", result.Count);
        JsonLine.Number(json, "test_loss", result.Loss);
        JsonLine.Number(json, "test_accuracy", run.IsClassifier ? result.Score : double.NaN);
        JsonLine.Number(json, "test_top5", run.IsClassifier ? top : double.NaN);
        JsonLine.Number(json, "test_r2", run.IsClassifier ? double.NaN : result.Score);
        JsonLine.Number(json, "test_rmse", run.IsClassifier ? double.NaN : rmse);
    });
}
