using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = the smaller of a and b, broadcast; NaN when either is. At a tie the derivative is a's.</summary>
    public readonly record struct Minimum : IBinary<Minimum>, IIntegerBinary, IKinked
    {
        bool IBinary<Minimum>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V a, V b) => V.Min(a, b);

        long IIntegerBinary.Whole(long a, long b) => Math.Min(a, b);

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => Tensor.Where(a <= b, dy, 0);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => Tensor.Where(a <= b, 0, dy);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => inputs[0] <= inputs[1];
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor a)
        {
            /// <summary>
            /// The smaller of a and b, element by element, broadcast; at a tie the gradient goes to a. NaN when either is.
            /// </summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor Minimum(Tensor b) => a.Apply(new Minimum(), b);
        }
    }
}
