using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = max(0, x): the rectified linear unit (Nair and Hinton, ICML 2010). The derivative is 1 above 0, 0 below, and SlopeAtZero, 0 or
    /// 1, at 0: both are subgradients. NaN stays NaN.
    /// </summary>
    public readonly record struct Relu(int SlopeAtZero) : IUnary<Relu>, IKinked
    {
        // y is above 0 where x is, so that the gradient can do without x, which then need not be kept.
        bool IUnary<Relu>.ReadsInput => SlopeAtZero != 0;

        bool IUnary<Relu>.ReadsOutput => SlopeAtZero == 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.GreaterOf(V.Of(0), x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new ReluGrad(SlopeAtZero), SlopeAtZero == 0 ? y : x);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => inputs[0] > 0;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Relu), PrintMembers);
    }

    /// <summary>dx = dy for x &gt; 0, 0 for x &lt; 0, and SlopeAtZero · dy at 0.</summary>
    internal readonly record struct ReluGrad(int SlopeAtZero) : IGate<ReluGrad>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x) =>
            V.Select(SlopeAtZero == 0 ? V.LessOrEqual(x, V.Of(0)) : V.Less(x, V.Of(0)), V.Of(0), dy);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>
            /// max(0, x): the rectified linear unit. The derivative is 1 above 0, 0 below, and <paramref name="slopeAtZero"/> at 0.
            /// </summary>
            /// <exception cref="ArgumentOutOfRangeException">The slope at 0 is neither 0 nor 1.</exception>
            public Tensor Relu(int slopeAtZero = 0)
            {
                if (slopeAtZero is not (0 or 1))
                    throw new ArgumentOutOfRangeException(nameof(slopeAtZero),
                        $"Relu was asked for the derivative {slopeAtZero} at 0, but only 0 and 1 are offered; choose one.");
                return x.Apply(new Relu(slopeAtZero));
            }
        }
    }
}
