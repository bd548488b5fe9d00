using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = a + b, broadcast.</summary>
    public readonly record struct Add : IBinary<Add>, IIntegerBinary
    {
        bool IBinary<Add>.ReadsInputs => false;

        bool IBinary<Add>.ReadsOutput => false;

        V IBinaryLane.Lane<V>(V a, V b) => a + b;

        long IIntegerBinary.Whole(long a, long b) => a + b;

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy;

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => dy;
    }

    /// <summary>y = x + c</summary>
    public readonly record struct AddScalar(double Constant) : IUnary<AddScalar>
    {
        bool IUnary<AddScalar>.ReadsInput => false;

        bool IUnary<AddScalar>.ReadsOutput => false;

        V IUnaryLane.Lane<V>(V x) => x + V.Of(Constant);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(AddScalar), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>a + b, broadcast; for floating-point and int64 tensors of one type.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator +(Tensor a, Tensor b) => a.Apply(new Add(), b);

        /// <summary>a + c; the constant takes the tensor's type.</summary>
        public static Tensor operator +(Tensor a, double c) =>
            a.DType.IsFloat ? a.Apply(new AddScalar(c)) : a + a.Like(c);

        /// <summary>c + a; the constant takes the tensor's type.</summary>
        public static Tensor operator +(double c, Tensor a) => a + c;
    }
}
