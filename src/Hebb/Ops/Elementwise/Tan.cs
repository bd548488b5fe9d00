using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = tan x, x in radians.</summary>
    public readonly record struct Tan : IUnary<Tan>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Tan>.ReadsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Tan(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * (y.Square() + 1);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>tan x, x in radians.</summary>
            public Tensor Tan() => x.Apply(new Tan());
        }
    }
}
