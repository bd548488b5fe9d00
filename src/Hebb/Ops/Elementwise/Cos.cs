using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = cos x, x in radians.</summary>
    public readonly record struct Cos : IUnary<Cos>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Cos>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Cos(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => -(dy * x.Sin());
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>cos x, x in radians.</summary>
            public Tensor Cos() => x.Apply(new Cos());
        }
    }
}
