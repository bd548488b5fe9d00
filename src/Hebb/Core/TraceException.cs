namespace Hebb;

/// <summary>A function cannot be recorded as a graph: it asks for a value, or changes something that a replay would not change.</summary>
public sealed class TraceException : InvalidOperationException
{
    /// <summary>An error without details.</summary>
    public TraceException() { }

    /// <summary>An error with a one-sentence message.</summary>
    public TraceException(string message) : base(message) { }

    /// <summary>An error with a one-sentence message and its cause.</summary>
    public TraceException(string message, Exception inner) : base(message, inner) { }
}
