using System.Text.Json;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>
/// A whole training session: start values, training with validation, the best epoch's model, and one look at the test samples. Everything random
/// follows from the recipe's seed.
/// </summary>
public sealed class Session
{
    private const int EvaluationBatch = 256;

    private readonly DataBundle _data;
    private readonly Recipe _recipe;
    private readonly Module _model;

    /// <summary>Gives the model its start values.</summary>
    public Session(DataBundle data, Recipe recipe, Module model)
    {
        _data = data;
        _recipe = recipe;
        _model = model;
        _model.Initialize(recipe.Seed);
    }

    /// <summary>The validation score at which training stops; null trains all epochs.</summary>
    public double? Goal { get; init; }

    /// <summary>The version of the program that trains, for the description.</summary>
    public string Version { get; init; } = "";

    /// <summary>How the data were loaded, for the description.</summary>
    public DataOptions Split { get; init; } = new();

    /// <summary>Loss and score for the data's target.</summary>
    public Objective Objective => _data.Target.IsClass ? Objective.Classification : Objective.Regression;

    /// <summary>Whether every training step runs op by op; see <see cref="TrainingOptions.IsEager"/>.</summary>
    public bool IsEager { get; init; }

    /// <summary>Told if the model cannot be recorded; see <see cref="TrainingOptions.Notice"/>.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>What the score is called.</summary>
    public string ScoreName => Objective.Score().Name;

    /// <summary>The session in a line.</summary>
    public string Describe() =>
        $"{_data.Name}: {_data.Train.Count} training, {_data.Validation.Count} validating and {_data.Test.Count} testing samples of shape {_data.InputShape}; "
        + $"{_recipe.Model} with {_model.ParameterCount:#,0} parameters; {_recipe.Optimizer}, rate {_recipe.Rate:g3}, batch {_recipe.Batch}, {_recipe.Epochs} epochs.";

    /// <summary>Runs the session; the model ends with the weights of its best epoch.</summary>
    /// <param name="watcher">Told after every epoch; null for nobody.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Ends the session between two batches.</param>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public SessionResult Run(ICallback? watcher = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        Loader train = new(_data.Train, _recipe.Batch, new LoaderOptions { Seed = _recipe.Seed, IsShuffled = true });
        KeepBest best = new();
        StopAtGoal? goal = Goal is { } score ? new StopAtGoal(score) : null;
        List<ICallback> callbacks = [best];
        if (goal is not null) callbacks.Add(goal);
        if (watcher is not null) callbacks.Add(watcher);
        Optimizer optimizer = _recipe.MakeOptimizer(_model);
        TrainingOptions options = new() { Epochs = _recipe.Epochs, Schedule = _recipe.MakeSchedule(train.BatchCount), Callbacks = callbacks, IsEager = IsEager, Notice = Notice };
        TrainingResult result = Trainer.Fit(_model, Objective, optimizer, train, InOrder(_data.Validation), options, progress, cancellation);
        Evaluation test = InOrder(_data.Test) is { } samples ? new Evaluator(_model, Objective, IsEager).Run(samples, cancellation) : new Evaluation(double.NaN, double.NaN, 0);
        return new SessionResult(
            Description(best.Best!, test, result), result.History, best.Best!, test, result.Seconds, goal?.SecondsToGoal, result.StopReason);
    }

    /// <summary>Samples in their order for looking at; null if there are none.</summary>
    public static Loader? InOrder(IDataset samples) => samples.Count == 0 ? null : new Loader(samples, EvaluationBatch, new LoaderOptions { IsShuffled = false });

    private RunDescription Description(EpochRecord best, Evaluation test, TrainingResult result) => new()
    {
        Version = Version,
        Data = _data.Name,
        SplitSeed = Split.SplitSeed,
        Target = Split.Target,
        Header = Split.Header,
        Categorical = Split.Categorical,
        Model = _recipe.Model,
        InputShape = _data.InputShape.AsSpan().ToArray(),
        IsClassifier = _data.Target.IsClass,
        Names = _data.Target.Names,
        Images = Element(_data.Images?.ToJson()),
        Table = Element(_data.Table?.ToJson()),
        Recipe = _recipe,
        Results = new Dictionary<string, double>
        {
            ["best_epoch"] = best.Epoch,
            ["validation_loss"] = best.ValidationLoss,
            ["validation_score"] = best.ValidationScore,
            ["test_loss"] = test.Loss,
            ["test_score"] = test.Score,
            ["seconds"] = Math.Round(result.Seconds, 3),
        }.Where(figure => double.IsFinite(figure.Value)).ToDictionary(),
    };

    private static JsonElement? Element(string? json)
    {
        if (json is null) return null;
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
