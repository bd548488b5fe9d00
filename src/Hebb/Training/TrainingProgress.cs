namespace Hebb.Training;

/// <summary>Where a training run stands, reported after every batch.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">How many epochs were asked for.</param>
/// <param name="Batch">Batches of this epoch that are done.</param>
/// <param name="Batches">Batches an epoch.</param>
/// <param name="Loss">Mean loss of this epoch so far.</param>
/// <param name="Score">Accuracy or R² of this epoch's batches so far, each scored before its update.</param>
/// <param name="LearningRate">The learning rate of the last update.</param>
/// <param name="SamplesPerSecond">Samples of this epoch a second.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Remaining">The time that the rest will take at this pace.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double Score, double LearningRate, double SamplesPerSecond,
    TimeSpan Elapsed, TimeSpan Remaining)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(TrainingProgress), PrintMembers);
}
