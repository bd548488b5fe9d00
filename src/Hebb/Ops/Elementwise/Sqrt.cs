using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = √x; NaN below 0. The derivative 1 / 2√x is infinite at 0.</summary>
    public readonly record struct Sqrt : IUnary<Sqrt>
    {
        bool IUnary<Sqrt>.ReadsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Sqrt(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy / (y * 2);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>√x; NaN below 0. The derivative 1 / 2√x is infinite at 0.</summary>
            public Tensor Sqrt() => x.Apply(new Sqrt());
        }
    }
}
