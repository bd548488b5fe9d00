namespace Hebb;

/// <summary>Watches the ops that run on the current thread: a finder of NaNs, a counter, a tracer.</summary>
public interface IRecorder
{
    /// <summary>An op has just run.</summary>
    void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs);
}

/// <summary>
/// A recorder for which ops do not compute: their results are promises without values. It also learns of what happens beside the ops, and may
/// refuse it.
/// </summary>
internal interface ITracer : IRecorder
{
    /// <summary>An op was applied; whether a gradient can flow through it, the node is its results' creator already.</summary>
    void Noted(Node node);

    /// <summary>A layer has given its result.</summary>
    void Left(OpScope scope);

    /// <summary>Values were assigned to a tensor in place.</summary>
    void Assigned(Tensor target, Tensor value);

    /// <summary>Random numbers were taken from a stream.</summary>
    RandomKey Drew(Rng rng, int count);

    /// <summary>A tensor was written in place with values that are known now, which a replay would not write again.</summary>
    void Wrote(Tensor target);
}

/// <summary>
/// Installs a recorder on this thread until disposed. A ref struct cannot cross an await, so that a scope never leaks to another thread.
/// </summary>
public readonly ref struct Recording
{
    private readonly IRecorder? _before;

    /// <summary>Starts recording; null suspends the recorder that was there before.</summary>
    public Recording(IRecorder? recorder)
    {
        _before = Engine.Recorder;
        Engine.Recorder = recorder;
    }

    /// <summary>Puts the recorder back that was there before.</summary>
    public void Dispose() => Engine.Recorder = _before;
}
