namespace Hebb;

/// <summary>
/// While it lives, ops on this thread are not recorded, so that their results are constants for later graphs. Scopes nest.
/// <code>using (new NoGrad()) { w.Assign(w - 0.1 * g); }</code>
/// </summary>
public readonly ref struct NoGrad : IDisposable
{
    private readonly bool _before;

    /// <summary>Stops recording on this thread.</summary>
    public NoGrad() : this(true) { }

    internal NoGrad(bool off)
    {
        EngineContext context = EngineContext.Current;
        _before = context.IsGradOff;
        context.IsGradOff = off;
    }

    /// <summary>Restores what was in force before.</summary>
    public void Dispose() => EngineContext.Current.IsGradOff = _before;
}
