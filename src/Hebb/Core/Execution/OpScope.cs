namespace Hebb;

/// <summary>
/// Who applies ops, such as a layer inside a network: known only while someone watches the ops of the thread,
/// so that it costs nothing otherwise.
/// </summary>
/// <param name="outer">Who called it; null if nobody that is known did.</param>
internal abstract class OpScope(OpScope? outer)
{
    /// <summary>Who called it.</summary>
    public OpScope? Outer { get; } = outer;

    /// <summary>Its dotted place in the network, such as <c>encoder.4</c>.</summary>
    public abstract string Path { get; }

    /// <summary>As errors name it: <c>layer '4 Linear(128 → 64)'</c>.</summary>
    public abstract string Title { get; }
}
