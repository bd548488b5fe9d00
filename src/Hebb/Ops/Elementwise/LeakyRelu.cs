using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = x for x ≥ 0, Slope · x below: the leaky rectified linear unit (Maas, Hannun and Ng, 2013).</summary>
    public readonly record struct LeakyRelu(double Slope) : IUnary<LeakyRelu>, IKinked
    {
        double IUnary<LeakyRelu>.Constant => Slope;

        bool IUnary<LeakyRelu>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.SelectLess(x, V.Of(0), x * V.Of(Slope), x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new LeakyReluGrad(Slope), x);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => inputs[0] > 0;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(LeakyRelu), PrintMembers);
    }

    /// <summary>dx = dy for x ≥ 0, Slope · dy below.</summary>
    internal readonly record struct LeakyReluGrad(double Slope) : IGate<LeakyReluGrad>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x) => V.SelectLess(x, V.Of(0), dy * V.Of(Slope), dy);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>x for x ≥ 0, slope · x below: the leaky rectified linear unit.</summary>
            /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
            public Tensor LeakyRelu(double slope = 0.01) => x.Apply(new LeakyRelu(Argument.Finite(slope)));
        }
    }
}
