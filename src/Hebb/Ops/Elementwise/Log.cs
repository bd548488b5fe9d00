using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = ln x; -∞ at 0, NaN below.</summary>
    public readonly record struct Log : IUnary<Log>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Log>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Log(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy / x;
    }

    /// <summary>y = ln(1 + x), accurate near 0 too; -∞ at -1, NaN below.</summary>
    public readonly record struct Log1p : IUnary<Log1p>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Log1p>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Log1p(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy / (x + 1);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>ln x: the natural logarithm; -∞ at 0, NaN below.</summary>
            public Tensor Log() => x.Apply(new Log());

            /// <summary>ln(1 + x), accurate near 0 too; -∞ at -1, NaN below.</summary>
            public Tensor Log1p() => x.Apply(new Log1p());
        }
    }
}
