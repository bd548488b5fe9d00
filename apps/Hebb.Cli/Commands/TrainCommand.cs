using System.CommandLine;
using System.Text.Json;
using Hebb.Data;
using Hebb.Diagnostics;
using Hebb.Kernels;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>hebb train DATA: trains a model and writes a run folder.</summary>
internal sealed class TrainCommand : ICommand
{
    private readonly Argument<string> _data = new("DATA")
    {
        Description = "A data set by name (see 'hebb data list'), a CSV file, a folder of CLASS.txt files with a text on each line, "
            + "or a folder with a folder of images (PNG, JPEG, PGM, PPM) for each class.",
    };
    private readonly Option<string?> _model = new("--model")
    {
        Description = $"The model: {string.Join(", ", ReadyModels.Names)}, "
            + "or its layers, such as '[[conv3-32 relu]*2 pool2]*2 fc128 relu fc'; what suits the data by default.",
    };
    private readonly Option<int?> _epochs = SharedOptions.Number<int>(
        "--epochs", "How often every training sample is visited; what suits the data by default.");
    private readonly Option<int?> _batch = SharedOptions.Number<int>("--batch", "Samples a step; what suits the data by default.");
    private readonly Option<string?> _optimizer = new("--optimizer")
    { Description = $"The update rule: {string.Join(", ", ReadyOptimizers.Names)}; what suits the data by default." };
    private readonly Option<double?> _learningRate = SharedOptions.Number<double>(
        "--lr", "The highest learning rate; what suits the data and the update rule by default.");
    private readonly Option<string?> _augment = new("--augment")
    {
        Description = "Random changes to training samples, such as 'flip shift4 rotate10 scale0.1 bend1.5 noise0.05 cutout8'; "
            + "none for none; what suits the data by default.",
    };
    private readonly Option<string?> _balance = new("--balance")
    {
        Description = "For classes of very different sizes: draw each equally often (samples) or weigh each alike (loss); "
            + "epochs are then compared by the mean of the classes' accuracies. Neither (none) by default.",
    };
    private readonly Option<ulong?> _seed =
        SharedOptions.Number<ulong>("--seed", "Start values, shuffling, dropout and augmentation; 0 by default.");
    private readonly Option<double?> _goal =
        SharedOptions.Number<double>("--goal", "Stop when the validation accuracy (or R²) reaches this, at most 1; never by default.");
    private readonly Option<string?> _out = new("--out")
    {
        Description = "The run folder, a new or an empty one; runs/DATA-MODEL by default, with a number if that exists.",
    };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the run that --out holds." };
    private readonly Option<string?> _plot = new("--plot") { Description = "An SVG file for the curves of loss and score." };
    private readonly Option<bool> _eager =
        new("--eager") { Description = "Run every step op by op instead of replaying a recording; the results are the same." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on the last line." };
    private readonly DataArguments _source = new();
    private readonly Option<int?> _threads = SharedOptions.Threads();

    public Command Build()
    {
        Command command = new("train", "Train a model and write a run folder.")
        {
            _data, _model, _epochs, _batch, _optimizer, _learningRate, _augment, _balance, _seed, _goal, _out, _overwrite, _plot, _threads,
            _eager, _json,
        };
        _source.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        SharedOptions.UseThreads(parsed.GetValue(_threads));
        CurveFile? plot = CurveFile.Of(parsed.GetValue(_plot), run: parsed.GetValue(_out));
        RequireSense(parsed);
        DataOptions options = _source.Read(parsed, parsed.GetValue(_data)!);
        DataBundle data = Abandonable.Run(() => Usage.Of(() => DataCatalog.Load(parsed.GetValue(_data)!, options)), cancellation);
        TextWriter errors = parsed.InvocationConfiguration.Error;
        DataArguments.Show(data.Notices, errors);
        Recipe recipe = Choose(parsed, data);
        Module model = Abandonable.Run(() => Usage.Of(() => ReadyModels.Build(recipe.Model, data)), cancellation);
        TextWriter output = parsed.InvocationConfiguration.Output;
        bool isJson = parsed.GetValue(_json);
        using OutFolder folder = parsed.GetValue(_out) is { } given ? OutFolder.Of(given, parsed.GetValue(_overwrite))
            : OutFolder.Free(data.Name, recipe.Model);
        folder.SayWhatStays(plot?.Path, errors);

        Experiment experiment = Usage.Of(() => new Experiment(data, recipe, model)
        {
            Goal = parsed.GetValue(_goal),
            Split = options,
            Version = Tool.Version,
            IsEager = parsed.GetValue(_eager),
            Notice = output.WriteLine,
        });
        output.WriteLine(experiment.Describe());
        TrainingDisplay display = new(output, isLive: !isJson && Terminal.IsInteractive(output), experiment.ScoreName);
        Tensor? target = Experiment.InOrder(data.Train)?.Epoch(0).First().Target;
        foreach (Finding finding in Abandonable.Run(
            () => Doctor.Examine(model, experiment.Task.Criterion, target: target), cancellation))
            DataArguments.Show([$"layer {finding}"], errors);
        ExperimentResult result;
        try
        {
            result = display.Show(progress => experiment.Run(display, progress, cancellation));
        }
        catch (OperationCanceledException) when (experiment.Partial is { } partial)
        {
            if (folder.Keep(model, partial, errors))
                errors.WriteLine($"hebb: canceled after {partial.History.Count} of {recipe.Epochs} epochs; "
                    + $"the model as the last of them left it is in {folder.Path}.");
            plot?.Write(partial.History, experiment.ScoreName);
            return Tool.Canceled;
        }
        if (!folder.Keep(model, result, errors)) return Tool.Failed;
        plot?.Write(result.History, experiment.ScoreName);
        output.WriteLine(Summary(experiment, result, folder.Path));
        if (isJson) output.WriteLine(Json(data, recipe, model, result, folder.Path));
        return Tool.Done;
    }

    private Recipe Choose(ParseResult parsed, DataBundle data)
    {
        Recipe recipe = Recipe.For(data);
        string optimizer = parsed.GetValue(_optimizer) ?? recipe.Optimizer;
        recipe = recipe with
        {
            Model = parsed.GetValue(_model) ?? recipe.Model,
            Epochs = parsed.GetValue(_epochs) ?? recipe.Epochs,
            Batch = parsed.GetValue(_batch) ?? recipe.Batch,
            Optimizer = optimizer,
            LearningRate = parsed.GetValue(_learningRate)
                ?? (optimizer == recipe.Optimizer ? recipe.LearningRate : ReadyOptimizers.DefaultLearningRate(optimizer)),
            Seed = parsed.GetValue(_seed) ?? 0,
            Augment = parsed.GetValue(_augment) is { } changes ? changes == "none" ? "" : changes : recipe.Augment,
            Balance = Balance(parsed.GetValue(_balance)) ?? recipe.Balance,
        };
        bool areForImages = Usage.Of(() => Augmentations.Parse(recipe.Augment)).Any(augmentation => augmentation is not AdditiveNoise);
        Usage.Require(recipe.Augment.Length == 0 || data.TokenCount is null,
            $"--augment is '{recipe.Augment}', but texts are not changed by it; leave it out.");
        Usage.Require(!areForImages || data.InputShape.Rank == 3,
            $"--augment is '{recipe.Augment}', but inputs of shape {data.InputShape} are no images; only noise changes them.");
        return recipe;
    }

    /// <summary>Refuses options that make no sense with any data, before the data are read.</summary>
    private void RequireSense(ParseResult parsed)
    {
        (int? epochs, int? batch, double? rate) = (parsed.GetValue(_epochs), parsed.GetValue(_batch), parsed.GetValue(_learningRate));
        Usage.Require(epochs is null or >= 1, $"--epochs is {epochs}, but training needs at least 1.");
        Usage.Require(batch is null or >= 1, $"--batch is {batch}, but a step needs at least 1 sample.");
        Usage.Require(rate is null || ((float)rate > 0 && float.IsFinite((float)rate)),
            $"--lr is {rate}, but a learning rate is a positive number, from 1e-45 to 3.4e38.");
        Usage.Require(parsed.GetValue(_goal) is null or (> 0 and <= 1),
            $"--goal is {parsed.GetValue(_goal)}, but no accuracy and no R² is above 1, and 0 or less is no goal; give one between.");
        string? optimizer = parsed.GetValue(_optimizer);
        Usage.Require(optimizer is null || ReadyOptimizers.Names.Contains(optimizer),
            $"There is no optimizer '{optimizer}'; choose one of {string.Join(", ", ReadyOptimizers.Names)}.");
        if (parsed.GetValue(_augment) is { } changes && changes != "none") Usage.Of(() => Augmentations.Parse(changes));
        Balance(parsed.GetValue(_balance));
    }

    private static ClassBalance? Balance(string? text) => text switch
    {
        null => null,
        "none" => ClassBalance.None,
        "samples" => ClassBalance.Samples,
        "loss" => ClassBalance.Loss,
        _ => throw new UsageException($"--balance is '{text}', but it must be one of none, samples and loss."),
    };

    private static string Summary(Experiment experiment, ExperimentResult result, string folder)
    {
        string test = result.Test.Count == 0 ? "no test samples"
            : $"test loss {result.Test.Loss:0.0000} {experiment.TestTask.Score().Name} "
                + TrainingDisplay.Score(result.Test.Score, result.Test.Loss);
        string kept = result.Best.Epoch == result.History.Count ? "" : $" The model is that of epoch {result.Best.Epoch}, the best.";
        string stop = result.StopReason is null ? "" : $" Stopped: {result.StopReason}.";
        return $"{test} after {result.Seconds:0.0} s of training.{stop}{kept} Written to {folder}.";
    }

    private static string Json(DataBundle data, Recipe recipe, Module model, ExperimentResult result, string folder) => JsonLine.Of(json =>
    {
        json.WriteString("data", data.Name);
        json.WriteString("model", recipe.Model);
        json.WriteNumber("parameters", model.ParameterCount);
        json.WriteNumber("epochs", result.History.Count);
        JsonLine.Number(json, "train_loss", result.History[^1].TrainLoss);
        JsonLine.Number(json, "validation_loss", result.Best.ValidationLoss);
        JsonLine.Number(json, "validation_accuracy", data.Target.IsClass ? result.Best.ValidationScore : double.NaN);
        JsonLine.Number(json, "test_loss", result.Test.Loss);
        JsonLine.Number(json, "test_accuracy", data.Target.IsClass ? result.Test.Score : double.NaN);
        JsonLine.Number(json, "test_r2", data.Target.IsClass ? double.NaN : result.Test.Score);
        JsonLine.Number(json, "seconds", result.Seconds);
        JsonLine.Number(json, "seconds_to_target", result.SecondsToGoal ?? double.NaN);
        json.WriteString("run", folder);
    });
}
