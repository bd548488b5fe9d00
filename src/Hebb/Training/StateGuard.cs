using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// Sets the state of a model, such as running averages, and random streams back to where they were when the guard was made, unless it is
/// told to keep the new.
/// </summary>
internal sealed class StateGuard(Module model, RandomReplay replay) : IDisposable
{
    private readonly (Tensor State, Tensor Before)[] _states = [.. model.NamedState().Select(state => (state.Value, state.Value.Clone()))];
    private bool _isKept;

    /// <summary>Sets state and streams back.</summary>
    public void Restore()
    {
        replay.Rewind();
        using NoGrad none = new();
        foreach ((Tensor state, Tensor before) in _states) state.Assign(before);
    }

    /// <summary>Lets the new state stay.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (!_isKept) Restore();
    }
}
