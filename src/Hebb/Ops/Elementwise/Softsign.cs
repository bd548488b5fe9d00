using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = x / (1 + |x|): like tanh, with tails that approach ±1 slowly.</summary>
    public readonly record struct Softsign : IUnary<Softsign>
    {
        bool IUnary<Softsign>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => x / (V.Of(1) + V.Abs(x));

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy / (x.Abs() + 1).Square();
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>x / (1 + |x|): like tanh, with tails that approach ±1 slowly.</summary>
            public Tensor Softsign() => x.Apply(new Softsign());
        }
    }
}
