using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = |x|; the derivative at 0 is taken as 0.</summary>
    public readonly record struct Abs : IUnary<Abs>, IKinked
    {
        bool IUnary<Abs>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Abs(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new AbsGrad(), x);

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => inputs[0] > 0;
    }

    /// <summary>dx = dy for x &gt; 0, -dy for x &lt; 0 and 0 at 0.</summary>
    internal readonly record struct AbsGrad : IGate<AbsGrad>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x)
        {
            V signed = V.SelectLess(x, V.Of(0), -dy, dy);
            return V.Select(V.Equal(x, V.Of(0)), V.Of(0), signed);
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>|x|; the derivative at 0 is taken as 0.</summary>
            public Tensor Abs() => x.Apply(new Abs());
        }
    }
}
