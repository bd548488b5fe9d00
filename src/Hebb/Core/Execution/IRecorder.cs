namespace Hebb;

/// <summary>Watches the ops that run on the current thread: a finder of NaNs, a counter, a tracer.</summary>
public interface IRecorder
{
    /// <summary>An op has just run.</summary>
    void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs);
}

/// <summary>
/// Collects the ops of a function that is being traced. Ops do not compute then: their results have no values. A tracer also learns of what
/// happens beside the ops, and may refuse it.
/// </summary>
internal interface ITracer
{
    /// <summary>An op was applied; whether a gradient can flow through it, the node is its results' creator already.</summary>
    void Noted(Node node);

    /// <summary>A layer has given its result.</summary>
    void Left(OpScope scope);

    /// <summary>An effect was applied: it changes some of the tensors in place.</summary>
    void Changed(IEffect effect, ReadOnlySpan<Tensor> operands);

    /// <summary>Random numbers were taken from a stream.</summary>
    RandomKey Drew(Rng rng, int count);

    /// <summary>A tensor was written in place with values that are known now, which a replay would not write again.</summary>
    void Wrote(Tensor target);
}

/// <summary>
/// Adds a recorder to those of this thread until disposed. A ref struct cannot cross an await,
/// so that a scope never leaks to another thread.
/// </summary>
public readonly ref struct Recording : IDisposable
{
    private readonly IRecorder[] _before;

    /// <summary>Starts recording.</summary>
    public Recording(IRecorder recorder)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        EngineContext context = EngineContext.Current;
        _before = context.Recorders;
        context.Recorders = [.. _before, recorder];
    }

    /// <summary>Stops recording.</summary>
    public void Dispose() => EngineContext.Current.Recorders = _before;
}

/// <summary>Traces what this thread computes until disposed.</summary>
internal readonly ref struct Tracing
{
    private readonly ITracer? _before;

    public Tracing(ITracer tracer)
    {
        EngineContext context = EngineContext.Current;
        _before = context.Tracer;
        context.Tracer = tracer;
    }

    public void Dispose() => EngineContext.Current.Tracer = _before;
}
