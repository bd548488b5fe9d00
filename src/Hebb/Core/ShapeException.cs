namespace Hebb;

/// <summary>
/// Shapes, axes or element types that do not fit an operation; the message names what was found, what was expected and the mend.
/// </summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>An error without details.</summary>
    public ShapeException() { }

    /// <summary>An error with a one-sentence message.</summary>
    public ShapeException(string message) : base(message) { }

    /// <summary>An error with a one-sentence message and its cause.</summary>
    public ShapeException(string message, Exception inner) : base(message, inner) { }
}
