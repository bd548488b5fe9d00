using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = a - b, broadcast.</summary>
    public readonly record struct Sub : IBinary<Sub>, IIntegerBinary
    {
        bool IBinary<Sub>.ReadsInputs => false;

        bool IBinary<Sub>.ReadsOutput => false;

        V IBinaryLane.Lane<V>(V a, V b) => a - b;

        long IIntegerBinary.Whole(long a, long b) => a - b;

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy;

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => -dy;
    }

    /// <summary>y = c - x</summary>
    public readonly record struct SubFromScalar(double Constant) : IUnary<SubFromScalar>
    {
        bool IUnary<SubFromScalar>.ReadsInput => false;

        bool IUnary<SubFromScalar>.ReadsOutput => false;

        V IUnaryLane.Lane<V>(V x) => V.Of(Constant) - x;

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => -dy;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(SubFromScalar), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>a - b, broadcast; for floating-point and int64 tensors of one type.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator -(Tensor a, Tensor b) => a.Apply(new Sub(), b);

        /// <summary>a - c; the constant takes the tensor's type.</summary>
        public static Tensor operator -(Tensor a, double c) => a + -c;

        /// <summary>c - a; the constant takes the tensor's type.</summary>
        public static Tensor operator -(double c, Tensor a) =>
            a.DType.IsFloat ? a.Apply(new SubFromScalar(c)) : a.Like(c) - a;
    }
}
