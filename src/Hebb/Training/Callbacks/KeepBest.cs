namespace Hebb.Training;

/// <summary>
/// Keeps a copy of the model at its best validated epoch and gives it back at the end: the early-stopping choice without the stop.
/// </summary>
public sealed class KeepBest : ICallback
{
    private Dictionary<string, Tensor>? _best;

    /// <summary>The best epoch so far; null before the first.</summary>
    public EpochRecord? Best { get; private set; }

    /// <inheritdoc/>
    public void OnStart(TrainingState state) => (Best, _best) = (null, null);

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Best is not null && !state.IsBetter(state.Last, Best)) return;
        Best = state.Last;
        using (new NoGrad()) _best = state.Model.StateDict().ToDictionary(entry => entry.Key, entry => entry.Value.Detach().Clone());
    }

    /// <inheritdoc/>
    public void OnEnd(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_best is not null) state.Model.LoadStateDict(_best);
    }
}
