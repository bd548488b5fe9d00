using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = x brought into [Low, High]; the derivative is 1 there, both ends included, and 0 outside. NaN stays NaN.</summary>
    public readonly record struct Clip(double Low, double High) : IUnary<Clip>, IKinked
    {
        bool IUnary<Clip>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.LessOf(V.Of(High), V.GreaterOf(V.Of(Low), x));

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new ClipGrad(Low, High), x);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) =>
            (inputs[0] < Low).Cast(DType.Int64) - (inputs[0] > High).Cast(DType.Int64);
    }

    /// <summary>dx = dy for Low ≤ x ≤ High, else 0.</summary>
    internal readonly record struct ClipGrad(double Low, double High) : IGate<ClipGrad>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x) => V.Select(V.Less(x, V.Of(Low)) | V.Less(V.Of(High), x), V.Of(0), dy);
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
            /// x brought into [low, high]; the derivative is 1 there, both ends included, and 0 outside. Either end may be infinite.
            /// </summary>
            /// <exception cref="ArgumentException">low is above high, or one of them is NaN.</exception>
            public Tensor Clip(double low, double high)
            {
                if (!(low <= high)) throw new ArgumentException(
                    $"Clip was asked to bring values into [{low}, {high}], but the first bound must not be above the second; "
                    + "exchange them.");
                return x.Apply(new Clip(low, high));
            }
        }
    }
}
