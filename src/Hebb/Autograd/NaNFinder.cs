namespace Hebb;

/// <summary>A NaN or an infinity appeared; the message names the op that first made it.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    /// <summary>An error without details.</summary>
    public NonFiniteException() { }

    /// <summary>An error with a one-sentence message.</summary>
    public NonFiniteException(string message) : base(message) { }

    /// <summary>An error with a one-sentence message and its cause.</summary>
    public NonFiniteException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>
/// Anomaly mode: while it lives, the first op on this thread, forward or backward, that makes a NaN from operands without one stops with a
/// <see cref="NonFiniteException"/> that names it, its layer and the first element. Every result is looked at, so training runs slower.
/// <code>using (new NaNFinder()) { loss = net.Forward(x).Mean(); loss.Backward(); }</code>
/// </summary>
public readonly ref struct NaNFinder : IDisposable
{
    private readonly Recording _recording;

    /// <summary>Starts looking for NaNs.</summary>
    public NaNFinder() : this(infinitiesToo: false) { }

    /// <summary>Starts looking.</summary>
    /// <param name="infinitiesToo">Whether infinities count as well.</param>
    public NaNFinder(bool infinitiesToo)
    {
        _recording = new Recording(new Finder(infinitiesToo));
    }

    /// <summary>Stops looking.</summary>
    public void Dispose() => _recording.Dispose();

    private sealed class Finder(bool infinitiesToo) : IRecorder
    {
        private readonly Dictionary<Node, OpScope> _owners = [];

        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            EngineContext context = EngineContext.Current;
            if (context.Layer is { } layer && outputs.Length > 0 && outputs[0].Creator is { } node) _owners.TryAdd(node, layer);
            foreach (Tensor output in outputs)
            {
                if (NonFinite.In(output, infinitiesToo) is not { } found) continue;
                string where = context.Differentiated is { } forward
                    ? $"{NonFiniteOrigin.Title(op, inputs.ToArray(), null)} in the gradient "
                        + $"of {NonFiniteOrigin.Title(forward.Op, forward.Inputs, _owners.GetValueOrDefault(forward) ?? context.Layer)}"
                    : NonFiniteOrigin.Title(op, inputs.ToArray(), context.Layer);
                throw new NonFiniteException(
                    $"{where} made {found}; check its operands there (a logarithm of 0, a division by 0, an overflow?).");
            }
        }
    }
}
