using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = a / b, broadcast.</summary>
    public readonly record struct Div : IBinary<Div>
    {
        V IBinaryLane.Lane<V>(V a, V b) => a / b;

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy / b;

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => -(dy * y / b);
    }

    /// <summary>y = x / c</summary>
    public readonly record struct DivByScalar(double Constant) : IUnary<DivByScalar>
    {
        bool IUnary<DivByScalar>.ReadsInput => false;

        bool IUnary<DivByScalar>.ReadsOutput => false;

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            outputs[0] = Elementwise.Infer(nameof(DivByScalar), inputs[0]);
            ElementTypes.RequireHeld(Constant, inputs[0].DType);
        }

        V IUnaryLane.Lane<V>(V x) => x / V.Of(Constant);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy / Constant;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(DivByScalar), PrintMembers);
    }

    /// <summary>y = c / x</summary>
    public readonly record struct DivScalarBy(double Constant) : IUnary<DivScalarBy>
    {
        V IUnaryLane.Lane<V>(V x) => V.Of(Constant) / x;

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => -(dy * y / x);

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(DivScalarBy), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>a / b, broadcast; for floating-point tensors of one type.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator /(Tensor a, Tensor b) => a.Apply(new Div(), b);

        /// <summary>a / c</summary>
        public static Tensor operator /(Tensor a, double c) => a.Apply(new DivByScalar(c));

        /// <summary>c / a</summary>
        public static Tensor operator /(double c, Tensor a) => a.Apply(new DivScalarBy(c));
    }
}
