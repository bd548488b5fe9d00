namespace Hebb.Ops
{
    /// <summary>yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ) along an axis; the largest element is taken out first, so that nothing overflows.</summary>
    public readonly record struct Softmax(int Axis) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Columns.Infer("Softmax", inputs[0], Axis);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (int outer, int size, int inner) = Columns.Of(call.RowMajor(0).Shape, Axis);
            return (in v) => Kernels.Softmax.Forward(v.Input<T>(0), v.Output<T>(0), outer, size, inner);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new SoftmaxGrad(Axis), flow.Output(0)));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Softmax), PrintMembers);
    }

    /// <summary>dxᵢ = yᵢ (dyᵢ - Σⱼ yⱼ dyⱼ) along an axis.</summary>
    internal readonly record struct SoftmaxGrad(int Axis) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = Columns.InferGradient("SoftmaxGrad", inputs[0], inputs[1], Axis);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            call.RowMajor(0);
            (int outer, int size, int inner) = Columns.Of(call.RowMajor(1).Shape, Axis);
            return (in v) => Kernels.Softmax.Backward(v.Input<T>(1), v.Input<T>(0), v.Output<T>(0), outer, size, inner);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor g = flow.Upstream(0), dy = flow.Input(0), y = flow.Input(1);
            if (flow.Needs(0)) flow.Give(0, g.Apply(this, y));
            if (flow.Needs(1)) flow.Give(1, g * (dy - (dy * y).Sum([Axis], keepAxes: true)) - dy * (g * y).Sum([Axis], keepAxes: true));
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
            /// <summary>e^(xᵢ) / Σⱼ e^(xⱼ) along an axis: numbers turned into probabilities. Nothing overflows.</summary>
            /// <exception cref="ShapeException">The axis does not exist, or the tensor does not hold floating-point numbers.</exception>
            public Tensor Softmax(int axis = -1) => x.Apply(new Softmax(x.Shape.Axis(axis)));
        }
    }
}
