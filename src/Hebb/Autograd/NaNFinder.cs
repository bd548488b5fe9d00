using System.Numerics;

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
/// <see cref="NonFiniteException"/> that names it. Every result is looked at, so training runs slower.
/// <code>using (new NaNFinder()) { loss = net.Forward(x).Mean(); loss.Backward(); }</code>
/// </summary>
public readonly ref struct NaNFinder
{
    private readonly IRecorder? _before;

    /// <summary>Starts looking for NaNs.</summary>
    public NaNFinder() : this(infinitiesToo: false) { }

    /// <summary>Starts looking.</summary>
    /// <param name="infinitiesToo">Whether infinities count as well.</param>
    public NaNFinder(bool infinitiesToo)
    {
        _before = Engine.Recorder;
        Engine.Recorder = new Finder(_before, infinitiesToo);
    }

    /// <summary>Stops looking.</summary>
    public void Dispose() => Engine.Recorder = _before;

    private sealed class Finder(IRecorder? next, bool infinitiesToo) : IRecorder
    {
        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            next?.Ran(op, inputs, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                if (Find(outputs[i]) is not { } found) continue;
                Node? gradientOf = Engine.Differentiated;
                string where = gradientOf is null ? "" : $" in the gradient of {gradientOf}";
                string operands = string.Join(", ", inputs.ToArray().Select(input => input.Spec.ToString()));
                throw new NonFiniteException(
                    $"{op.Name}({operands}){where} made {found.Value} at element {found.Index} of its result {outputs[i].Spec}; check its operands there (a logarithm of 0, a division by 0, an overflow?).");
            }
        }

        private (double Value, int Index)? Find(Tensor x) => x.DType switch
        {
            DType.Float32 => Find<float>(x),
            DType.Float64 => Find<double>(x),
            _ => null,
        };

        private (double Value, int Index)? Find<T>(Tensor x) where T : unmanaged, IFloatingPoint<T>
        {
            T[] values = x.Detach().ToArray<T>();
            int at = Array.FindIndex(values, value => T.IsNaN(value) || (infinitiesToo && T.IsInfinity(value)));
            return at < 0 ? null : (double.CreateTruncating(values[at]), at);
        }
    }
}
