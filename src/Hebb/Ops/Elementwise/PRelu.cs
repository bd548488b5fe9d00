using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = x for x ≥ 0, α x below, where α is a tensor that broadcasts with x and is trained: the parametric rectified linear unit (He and
    /// others, ICCV 2015). dL/dα sums x dy over the negative x that share an α.
    /// </summary>
    public readonly record struct PRelu : IBinary<PRelu>, IKinked
    {
        bool IBinary<PRelu>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V x, V alpha) => V.SelectLess(x, V.Of(0), x * alpha, x);

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => Tensor.Where(a < 0, dy * b, dy);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => Tensor.Where(a < 0, dy * a, 0);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => inputs[0] > 0;
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
            /// x for x ≥ 0, α x below, with a trained α: the parametric rectified linear unit. α broadcasts with x: shape [] or [1] is
            /// shared by all, [C, 1, 1] is one for each channel of images [N, C, H, W].
            /// </summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor PRelu(Tensor alpha) => x.Apply(new PRelu(), alpha);
        }
    }
}
