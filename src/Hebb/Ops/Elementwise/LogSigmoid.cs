using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = ln σ(x) = -ln(1 + e⁻ˣ), without overflow for large |x|.</summary>
    public readonly record struct LogSigmoid : IUnary<LogSigmoid>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<LogSigmoid>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.LogSigmoid(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * (-x).Sigmoid();
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>ln σ(x) = -ln(1 + e⁻ˣ), without overflow for large |x|.</summary>
            public Tensor LogSigmoid() => x.Apply(new LogSigmoid());
        }
    }
}
