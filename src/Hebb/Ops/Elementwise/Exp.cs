using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = eˣ</summary>
    public readonly record struct Exp : IUnary<Exp>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Exp>.ReadsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Exp(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * y;
    }

    /// <summary>y = eˣ - 1, accurate near 0 too.</summary>
    public readonly record struct Expm1 : IUnary<Expm1>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Expm1>.ReadsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Expm1(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * (y + 1);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>eˣ</summary>
            public Tensor Exp() => x.Apply(new Exp());

            /// <summary>eˣ - 1, accurate near 0 too.</summary>
            public Tensor Expm1() => x.Apply(new Expm1());
        }
    }
}
