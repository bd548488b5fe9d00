using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = x brought into [Low, High]; the derivative is 1 between the ends, SlopeAtEnds, 0 or 1, at them, and 0 outside: at the ends both
    /// are subgradients. NaN stays NaN.
    /// </summary>
    public readonly record struct Clip(double Low, double High, int SlopeAtEnds) : IUnary<Clip>, IKinked
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            outputs[0] = Elementwise.Infer(nameof(Clip), inputs[0]);
            ElementTypes.Require(Low, inputs[0].DType);
            ElementTypes.Require(High, inputs[0].DType);
        }

        // y is between the ends where x is, so that the gradient can do without x, which then need not be kept.
        bool IUnary<Clip>.ReadsInput => SlopeAtEnds != 0;

        bool IUnary<Clip>.ReadsOutput => SlopeAtEnds == 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.LessOf(V.Of(High), V.GreaterOf(V.Of(Low), x));

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new ClipGrad(Low, High, SlopeAtEnds), SlopeAtEnds == 0 ? y : x);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) =>
            (inputs[0] < Low).Cast(DType.Int64) - (inputs[0] > High).Cast(DType.Int64);

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Clip), PrintMembers);
    }

    /// <summary>dx = dy for Low &lt; x &lt; High, SlopeAtEnds · dy at Low and High, and 0 outside.</summary>
    internal readonly record struct ClipGrad(double Low, double High, int SlopeAtEnds) : IGate<ClipGrad>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x) => V.Select(
            SlopeAtEnds == 0 ? V.LessOrEqual(x, V.Of(Low)) | V.LessOrEqual(V.Of(High), x) : V.Less(x, V.Of(Low)) | V.Less(V.Of(High), x),
            V.Of(0), dy);
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
            /// x brought into [low, high], of which either end may be infinite; the derivative is 1 between them,
            /// <paramref name="slopeAtEnds"/> at them, and 0 outside.
            /// </summary>
            /// <exception cref="ArgumentException">low is above high, or one of them is NaN.</exception>
            /// <exception cref="ArgumentOutOfRangeException">The slope at the ends is neither 0 nor 1.</exception>
            public Tensor Clip(double low, double high, int slopeAtEnds = 1)
            {
                if (!(low <= high)) throw new ArgumentException(
                    $"Clip was asked to bring values into [{low}, {high}], but the first bound must not be above the second; "
                    + "exchange them.");
                if (slopeAtEnds is not (0 or 1))
                    throw new ArgumentOutOfRangeException(nameof(slopeAtEnds), $"Clip was asked for the derivative {slopeAtEnds} at the "
                        + "ends, but only 0 and 1 are offered; choose one.");
                return x.Apply(new Clip(low, high, slopeAtEnds));
            }
        }
    }
}
