namespace Hebb.Training;

/// <summary>Stops training once the validation score reaches a goal, and notes when that was.</summary>
/// <param name="Goal">The score to reach: accuracy or R².</param>
public sealed class StopAtGoal(double Goal) : ICallback
{
    private readonly double _goal = Argument.Finite(Goal);

    /// <summary>The time of training until the goal was reached; null if it was not.</summary>
    public double? SecondsToGoal { get; private set; }

    /// <inheritdoc/>
    public void OnStart(TrainingState state) => SecondsToGoal = null;

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        bool isReached = state.ScoreIsGain ? state.Last.ValidationScore >= _goal : state.Last.ValidationScore <= _goal;
        if (!isReached) return;
        SecondsToGoal ??= state.Last.Seconds;
        state.Stop($"the goal of {_goal} was reached");
    }
}
