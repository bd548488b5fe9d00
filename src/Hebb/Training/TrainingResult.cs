using System.Globalization;

namespace Hebb.Training;

/// <summary>What came of a training run.</summary>
/// <param name="History">One entry for each epoch.</param>
/// <param name="Seconds">Time of the training loop, validation included.</param>
/// <param name="StopReason">Why it ended before the last epoch; null if it did not.</param>
public sealed record TrainingResult(IReadOnlyList<EpochRecord> History, double Seconds, string? StopReason)
{
    /// <summary>The last epoch, the time, and why training ended early if it did.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(History.Count == 0 ? "no epoch" : $"{History[^1]}")} after {Seconds:0.0} s "
        + $"of training.{(StopReason is null ? "" : $" Stopped: {StopReason}.")}");
}
