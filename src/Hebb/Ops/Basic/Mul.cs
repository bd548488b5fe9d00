using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = a b, element by element (Hadamard), broadcast.</summary>
    public readonly record struct Mul : IBinary<Mul>, IIntegerBinary
    {
        bool IBinary<Mul>.ReadsOutput => false;

        V IBinaryLane.Lane<V>(V a, V b) => a * b;

        long IIntegerBinary.Whole(long a, long b) => a * b;

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy * b;

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => dy * a;
    }

    /// <summary>y = c x</summary>
    public readonly record struct MulScalar(double Constant) : IUnary<MulScalar>
    {
        bool IUnary<MulScalar>.ReadsInput => false;

        bool IUnary<MulScalar>.ReadsOutput => false;

        V IUnaryLane.Lane<V>(V x) => x * V.Of(Constant);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * Constant;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(MulScalar), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>a b, element by element (Hadamard), broadcast; for floating-point and int64 tensors of one type.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator *(Tensor a, Tensor b) => a.Apply(new Mul(), b);

        /// <summary>c a; the constant takes the tensor's type.</summary>
        public static Tensor operator *(Tensor a, double c) =>
            a.DType.IsFloat ? a.Apply(new MulScalar(c)) : a * a.Like(c);

        /// <summary>c a; the constant takes the tensor's type.</summary>
        public static Tensor operator *(double c, Tensor a) => a * c;
    }
}
