using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = aᵇ, broadcast; a negative a needs a whole b, else the result is NaN. The derivative by b counts only where a is positive.
    /// </summary>
    public readonly record struct Pow : IBinary<Pow>
    {
        bool IBinary<Pow>.ReadsOutput => false;

        bool IElementwise.IsTranscendental => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V a, V b) => V.Pow(a, b);

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y)
        {
            Tensor isFlat = a.EqualTo(0) & b.EqualTo(0);
            return Tensor.Where(isFlat, 0, dy * b * Tensor.Where(isFlat, 1, a).Pow(b - 1));
        }

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y)
        {
            // aᵇ ln a tends to 0 with a where b is not negative, and as a grows where b is; no other number is kept from the logarithm.
            Tensor isZero = (a.EqualTo(0) & b >= 0).Or(a.EqualTo(double.PositiveInfinity) & b < 0);
            // Not y, whose own slope may be infinite there.
            Tensor others = Tensor.Where(isZero, 1, a);
            return Tensor.Where(isZero, 0, dy * others.Pow(b) * others.Log());
        }
    }

    /// <summary>y = x^Exponent; a negative x needs a whole exponent, else the result is NaN.</summary>
    public readonly record struct PowScalar(double Exponent) : IUnary<PowScalar>
    {
        double IUnary<PowScalar>.Constant => Exponent;

        bool IElementwise.IsTranscendental => true;

        bool IUnary<PowScalar>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Pow(x, V.Of(Exponent));

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => Exponent == 0 ? dy * 0 : dy * x.Pow(Exponent - 1) * Exponent;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(PowScalar), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>x^b, element by element, broadcast; a negative x needs a whole b, else the result is NaN.</summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor Pow(Tensor exponent) => x.Apply(new Pow(), exponent);

            /// <summary>x^b, element by element; a negative x needs a whole b, else the result is NaN.</summary>
            public Tensor Pow(double exponent) => exponent switch
            {
                1 => x,
                2 => x.Square(),
                0.5 => x.Sqrt(),
                -1 => 1 / x,
                _ => x.Apply(new PowScalar(exponent)),
            };
        }
    }
}
