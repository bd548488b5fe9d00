using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>A training run as callbacks see it.</summary>
public sealed class TrainingState
{
    private readonly List<EpochRecord> _history = [];
    private readonly Optimizer _optimizer;

    internal TrainingState(Module model, Optimizer optimizer, bool scoreIsGain)
    {
        Model = model;
        _optimizer = optimizer;
        ScoreIsGain = scoreIsGain;
    }

    /// <summary>The model in training.</summary>
    public Module Model { get; }

    /// <summary>Whether a larger score is better.</summary>
    public bool ScoreIsGain { get; }

    /// <summary>The epochs that are over.</summary>
    public IReadOnlyList<EpochRecord> History => _history;

    /// <summary>The epoch that has just ended.</summary>
    public EpochRecord Last => _history[^1];

    /// <summary>The learning rate of the last update; a schedule gives the next one anew.</summary>
    public double LearningRate => _optimizer.LearningRate;

    /// <summary>What callbacks have multiplied the schedule's learning rates by; 1 at first.</summary>
    public double LearningRateFactor { get; private set; } = 1;

    /// <summary>Why training stops after this epoch; null if it goes on.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Ends training after this epoch.</summary>
    public void Stop(string reason) => StopReason ??= reason;

    /// <summary>Multiplies all further learning rates, the schedule's included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive and finite.</exception>
    public void ScaleLearningRate(double factor)
    {
        if (!(factor > 0 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(
                nameof(factor), $"The learning rate was to be multiplied by {factor}; give a positive, finite factor.");
        LearningRateFactor *= factor;
        _optimizer.LearningRate *= factor;
    }

    /// <summary>Whether one epoch validated better than another: by score, then by loss; without validation by the training loss.</summary>
    public bool IsBetter(EpochRecord a, EpochRecord b)
    {
        if (double.IsNaN(a.ValidationScore) || double.IsNaN(b.ValidationScore)) return a.TrainLoss < b.TrainLoss;
        if (a.ValidationScore != b.ValidationScore)
            return ScoreIsGain ? a.ValidationScore > b.ValidationScore : a.ValidationScore < b.ValidationScore;
        return a.ValidationLoss < b.ValidationLoss;
    }

    internal void Add(EpochRecord epoch) => _history.Add(epoch);
}
