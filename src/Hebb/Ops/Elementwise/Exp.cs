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

        // 1 + y would lose what is left of eˣ far below 0.
        bool IUnary<Expm1>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Expm1(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * x.Exp();
    }

    /// <summary>y = eˣ - 1 - x, accurate near 0 too: what the exponential's series has behind its linear term.</summary>
    public readonly record struct ExpRemainder : IUnary<ExpRemainder>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<ExpRemainder>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.ExpRemainder(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * x.Expm1();
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

            /// <summary>eˣ - 1 - x, accurate near 0 too: what the exponential's series has behind its linear term.</summary>
            public Tensor ExpRemainder() => x.Apply(new ExpRemainder());
        }
    }
}
