using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// Keeps a copy of the model after every epoch, so that a run that ends in the middle of one can go back to where the last one ended.
/// </summary>
public sealed class KeepLast : ICallback
{
    private Dictionary<string, Tensor>? _last;

    /// <summary>The epochs that have ended.</summary>
    public IReadOnlyList<EpochRecord> History { get; private set; } = [];

    /// <summary>The epoch of the copy; null before the first has ended.</summary>
    public EpochRecord? Last => History.Count == 0 ? null : History[^1];

    /// <inheritdoc/>
    public void OnStart(TrainingState state) => (History, _last) = ([], null);

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        History = state.History;
        using NoGrad none = new();
        IReadOnlyDictionary<string, Tensor> now = state.Model.StateDict();
        if (_last is null) _last = now.ToDictionary(entry => entry.Key, entry => entry.Value.Clone());
        else foreach ((string name, Tensor value) in now) _last[name].Assign(value);
    }

    /// <summary>Gives a model the weights and state of the last epoch's end.</summary>
    /// <param name="model">The model that was trained.</param>
    /// <exception cref="InvalidOperationException">No epoch has ended.</exception>
    public void Restore(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.LoadStateDict(_last ?? throw new InvalidOperationException(
            "The end of the last epoch was asked for before any epoch had ended; look at Last first."));
    }
}
