namespace Hebb.Tests.Naive;

/// <summary>While it lives, another back end runs the ops of this thread.</summary>
internal readonly ref struct BackendScope
{
    private readonly IBackend _before;

    public BackendScope(IBackend backend)
    {
        EngineContext context = EngineContext.Current;
        _before = context.Backend;
        context.Backend = backend;
    }

    public void Dispose() => EngineContext.Current.Backend = _before;
}
