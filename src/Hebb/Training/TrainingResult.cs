namespace Hebb.Training;

/// <summary>What came of a training run.</summary>
/// <param name="History">One entry for each epoch.</param>
/// <param name="Seconds">Time of the training loop, validation included.</param>
/// <param name="StopReason">Why it ended before the last epoch; null if it did not.</param>
public sealed record TrainingResult(IReadOnlyList<EpochRecord> History, double Seconds, string? StopReason);
