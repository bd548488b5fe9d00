using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = -x</summary>
    public readonly record struct Neg : IUnary<Neg>
    {
        bool IUnary<Neg>.ReadsInput => false;

        bool IUnary<Neg>.ReadsOutput => false;

        V IUnaryLane.Lane<V>(V x) => -x;

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => -dy;
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>-x</summary>
        public static Tensor operator -(Tensor x) => x.DType.IsFloat ? x.Apply(new Neg()) : x.Like(0) - x;
    }
}
