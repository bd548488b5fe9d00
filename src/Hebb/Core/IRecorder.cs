namespace Hebb;

/// <summary>Watches the ops that run on the current thread: a finder of NaNs, a counter, a tracer.</summary>
public interface IRecorder
{
    /// <summary>An op has just run.</summary>
    void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs);
}

/// <summary>
/// Installs a recorder on this thread until disposed. A ref struct cannot cross an await, so that a scope never leaks to another thread.
/// </summary>
public readonly ref struct Recording
{
    private readonly IRecorder? _before;

    /// <summary>Starts recording.</summary>
    public Recording(IRecorder recorder)
    {
        _before = Engine.Recorder;
        Engine.Recorder = recorder;
    }

    /// <summary>Puts the recorder back that was there before.</summary>
    public void Dispose() => Engine.Recorder = _before;
}
