using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = x for x ≥ 0, Alpha (eˣ - 1) below, which tends to -Alpha:
    /// the exponential linear unit (Clevert, Unterthiner and Hochreiter, ICLR 2016).
    /// </summary>
    public readonly record struct Elu(double Alpha) : IUnary<Elu>, IKinked
    {
        double IUnary<Elu>.Constant => Alpha;

        bool IElementwise.IsTranscendental => true;

        bool IUnary<Elu>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.SelectLess(x, V.Of(0), V.Expm1(x) * V.Of(Alpha), x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new EluGrad(Alpha), x);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => inputs[0] > 0;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Elu), PrintMembers);
    }

    /// <summary>dx = dy for x ≥ 0, Alpha eˣ dy below.</summary>
    internal readonly record struct EluGrad(double Alpha) : IBinary<EluGrad>
    {
        bool IElementwise.IsTranscendental => true;

        bool IBinary<EluGrad>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x) => V.SelectLess(x, V.Of(0), dy * (V.Exp(x) * V.Of(Alpha)), dy);

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply(this, b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) =>
            Tensor.Where(b < 0, dy * a * Alpha * b.Clip(double.NegativeInfinity, 0).Exp(), 0);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>x for x ≥ 0, alpha (eˣ - 1) below, which tends to -alpha: the exponential linear unit.</summary>
            /// <exception cref="ArgumentOutOfRangeException">alpha is negative.</exception>
            public Tensor Elu(double alpha = 1)
            {
                Argument.AtLeast(alpha, 0);
                return x.Apply(new Elu(alpha));
            }
        }
    }
}
