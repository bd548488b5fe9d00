using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = arctan x, between -π/2 and π/2.</summary>
    public readonly record struct Atan : IUnary<Atan>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Atan>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Atan(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy / (x.Square() + 1);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>arctan x, between -π/2 and π/2.</summary>
            public Tensor Atan() => x.Apply(new Atan());
        }
    }
}
