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

    /// <summary>The sentence; for an error inside a network, it names the layer.</summary>
    public override string Message => Layer?.Tell(base.Message) ?? base.Message;

    /// <summary>The layer in which the error arose; null outside of networks.</summary>
    internal IErrorPlace? Layer { get; set; }
}

/// <summary>Where an error arose, as known to those through whom it passes on its way out.</summary>
internal interface IErrorPlace
{
    /// <summary>A message that names the place, made of one that may not.</summary>
    string Tell(string message);
}
