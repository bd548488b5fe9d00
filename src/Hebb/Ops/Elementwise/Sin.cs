using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = sin x, x in radians.</summary>
    public readonly record struct Sin : IUnary<Sin>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Sin>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Sin(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * x.Cos();
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>sin x, x in radians.</summary>
            public Tensor Sin() => x.Apply(new Sin());
        }
    }
}
