using System.Text.Json;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>
/// A whole experiment: start values, training with validation, the best epoch's model, and one look at the test samples. Everything random
/// follows from the recipe's seed.
/// </summary>
public sealed class Experiment
{
    private const int EvaluationBatch = 256;
    private const string LibraryVersion = "0.1.0"; // asking the assembly would be reflection; a test compares them

    private static readonly Evaluation NotLooked = new(double.NaN, double.NaN, 0);

    private readonly DataBundle _data;
    private readonly Recipe _recipe;
    private readonly Module _model;

    /// <summary>Gives the model its start values.</summary>
    /// <exception cref="ArgumentException">The recipe balances classes that the data do not have.</exception>
    public Experiment(DataBundle data, Recipe recipe, Module model)
    {
        if (recipe.Balance != ClassBalance.None && !data.Target.IsClass)
            throw new ArgumentException(
                $"The balance {recipe.Balance} was asked for '{data.Name}', which has numbers and no classes to balance; leave it out.");
        _data = data;
        _recipe = recipe;
        _model = model;
        _model.Initialize(recipe.Seed);
    }

    /// <summary>The validation score at which training stops; null trains all epochs.</summary>
    public double? Goal { get; init; }

    /// <summary>The version of the program that trains, for the description; that of the library by default.</summary>
    public string Version { get; init; } = LibraryVersion;

    /// <summary>How the data were loaded, for the description.</summary>
    public DataOptions Split { get; init; } = new();

    /// <summary>What training makes small, and the score by which epochs are compared.</summary>
    public TrainingTask Task => field ??= _recipe.Balance == ClassBalance.None ? TestTask : new TrainingTask(
        new CrossEntropyLoss { ClassWeights = _recipe.Balance == ClassBalance.Loss ? ClassCounts.Weights(_data.Train) : null },
        () => new BalancedAccuracy());

    /// <summary>Loss and score of the test samples, the usual ones for the data's target.</summary>
    public TrainingTask TestTask => _data.Target.IsClass ? TrainingTask.Classification : TrainingTask.Regression;

    /// <summary>Whether every training step runs op by op; see <see cref="TrainingOptions.IsEager"/>.</summary>
    public bool IsEager { get; init; }

    /// <summary>Told if the model cannot be recorded; see <see cref="TrainingOptions.Notice"/>.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>What the score is called.</summary>
    public string ScoreName => Task.NewScore().Name;

    /// <summary>The experiment in a line.</summary>
    public string Describe() =>
        $"{_data}; {_recipe.Model} with {_model.ParameterCount:#,0} parameters; "
        + $"{_recipe.Optimizer}, learning rate {_recipe.LearningRate:g3}, batch {_recipe.Batch}, {_recipe.Epochs} epochs.";

    /// <summary>
    /// What there is of a run that was canceled, without the look at the test samples; the model then has the weights of the last epoch
    /// that ended. Null if the run was not canceled, or before its first epoch had ended.
    /// </summary>
    public ExperimentResult? Partial { get; private set; }

    /// <summary>Runs the experiment; the model ends with the weights of its best epoch.</summary>
    /// <param name="watcher">Told after every epoch; null for nobody.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Ends the experiment between two batches.</param>
    /// <exception cref="OperationCanceledException">The experiment was canceled; <see cref="Partial"/> holds what there is.</exception>
    public ExperimentResult Run(
        ICallback? watcher = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ISampler? sampler = _recipe.Balance == ClassBalance.Samples ? WeightedSampler.ByClass(_data.Train, _recipe.Seed) : null;
        DataLoader train = new(_data.Train, _recipe.Batch, new DataLoaderOptions
        {
            Seed = _recipe.Seed,
            IsShuffled = sampler is null,
            Sampler = sampler,
            Augmentations = Augmentations.Parse(_recipe.Augment),
        });
        KeepBest best = new();
        KeepLast last = new();
        StopAtGoal? goal = Goal is { } score ? new StopAtGoal(score) : null;
        List<ICallback> callbacks = [best, last];
        if (goal is not null) callbacks.Add(goal);
        if (watcher is not null) callbacks.Add(watcher);
        Optimizer optimizer = ReadyOptimizers.Make(_recipe.Optimizer, _model, _recipe.LearningRate);
        TrainingOptions options = new()
        {
            Epochs = _recipe.Epochs,
            Schedule = new OneCycle(_recipe.LearningRate, Math.Max(2, (long)_recipe.Epochs * train.BatchCount)),
            Callbacks = callbacks,
            IsEager = IsEager,
            Notice = Notice
        };
        Partial = null;
        try
        {
            TrainingResult result = Trainer.Fit(_model, Task, optimizer, train, InOrder(_data.Validation), options, progress, cancellation);
            Evaluation test = InOrder(_data.Test) is { } samples
                ? new Evaluator(_model, TestTask, IsEager).Run(samples, cancellation)
                : NotLooked;
            return new ExperimentResult(
                Description(best.Best!, test, result.Seconds), result.History, best.Best!, test, result.Seconds, goal?.SecondsToGoal,
                result.StopReason);
        }
        catch (OperationCanceledException) when (last.Last is not null)
        {
            last.Restore(_model);
            Partial = new ExperimentResult(
                Description(last.Last, NotLooked, last.Last.Seconds) with { IsCanceled = true }, last.History, last.Last, NotLooked,
                last.Last.Seconds, goal?.SecondsToGoal, "canceled");
            throw;
        }
    }

    /// <summary>Samples in their order for looking at; null if there are none.</summary>
    public static DataLoader? InOrder(IDataset samples) =>
        samples.Count == 0 ? null : new DataLoader(samples, EvaluationBatch, new DataLoaderOptions { IsShuffled = false });

    private RunDescription Description(EpochRecord kept, Evaluation test, double seconds) => new()
    {
        Version = Version,
        Data = _data.Name,
        DataCount = _data.Count,
        DataSha256 = _data.Sha256,
        SplitSeed = Split.SplitSeed,
        Target = Split.Target,
        Text = Split.Text,
        Header = Split.Header,
        Separator = Split.Separator,
        Decimal = Split.Decimal,
        Categorical = Split.Categorical,
        Model = _recipe.Model,
        InputShape = _data.InputShape.AsSpan().ToArray(),
        TokenCount = _data.TokenCount,
        IsClassifier = _data.Target.IsClass,
        Names = _data.Target.Names,
        Images = Element(_data.Images?.ToJson()),
        Table = Element(_data.Table?.ToJson()),
        Texts = Element(_data.Texts?.ToJson()),
        Recipe = _recipe,
        Results = new Dictionary<string, double>
        {
            ["best_epoch"] = kept.Epoch,
            ["validation_loss"] = kept.ValidationLoss,
            ["validation_score"] = kept.ValidationScore,
            ["test_loss"] = test.Loss,
            ["test_score"] = test.Score,
            ["seconds"] = Math.Round(seconds, 3),
        }.Where(figure => double.IsFinite(figure.Value)).ToDictionary(),
    };

    private static JsonElement? Element(string? json)
    {
        if (json is null) return null;
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
