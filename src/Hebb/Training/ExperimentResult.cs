namespace Hebb.Training;

/// <summary>What came of an experiment.</summary>
/// <param name="Description">What run.json holds.</param>
/// <param name="History">One entry for each epoch.</param>
/// <param name="Best">The epoch whose model was kept: the best, or the last of a run that was canceled.</param>
/// <param name="Test">The look at the test samples.</param>
/// <param name="Seconds">Time of the training loop.</param>
/// <param name="SecondsToGoal">Time until the goal was reached; null without a goal or if it was not.</param>
/// <param name="StopReason">Why training ended early; null if it did not.</param>
public sealed record ExperimentResult(
    RunDescription Description, IReadOnlyList<EpochRecord> History, EpochRecord Best, Evaluation Test, double Seconds,
    double? SecondsToGoal, string? StopReason)
{
    /// <summary>What was trained, its figures, and why training ended early if it did, in a line.</summary>
    public override string ToString() => $"{Description}{(StopReason is null ? "" : $"; stopped: {StopReason}")}";
}
