namespace Hebb.Ops
{
    /// <summary>
    /// yᵢ = xᵢ - ln Σⱼ e^(xⱼ) along an axis: the logarithm of the softmax, without overflow and without loss for small probabilities.
    /// </summary>
    public readonly record struct LogSoftmax(int Axis) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = Columns.Infer("LogSoftmax", inputs[0], Axis);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (int outer, int size, int inner) = Columns.Of(call.RowMajor(0).Shape, Axis);
            return (in v) => Kernels.Softmax.LogForward(v.Input<T>(0), v.Output<T>(0), outer, size, inner);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new LogSoftmaxGrad(Axis), flow.Output(0)));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(LogSoftmax), PrintMembers);
    }

    /// <summary>dxᵢ = dyᵢ - e^(yᵢ) Σⱼ dyⱼ along an axis.</summary>
    internal readonly record struct LogSoftmaxGrad(int Axis) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = Columns.InferGradient("LogSoftmaxGrad", inputs[0], inputs[1], Axis);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            call.RowMajor(0);
            (int outer, int size, int inner) = Columns.Of(call.RowMajor(1).Shape, Axis);
            return (in v) => Kernels.Softmax.LogBackward(v.Input<T>(1), v.Input<T>(0), v.Output<T>(0), outer, size, inner);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor g = flow.Upstream(0), weighted = g * flow.Input(1).Exp();
            if (flow.Needs(0)) flow.Give(0, g - weighted.Sum([Axis], keepAxes: true));
            if (flow.Needs(1)) flow.Give(1, -(weighted * flow.Input(0).Sum([Axis], keepAxes: true)));
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
            /// <summary>xᵢ - ln Σⱼ e^(xⱼ) along an axis: the logarithm of the softmax. Nothing overflows.</summary>
            /// <exception cref="ShapeException">The axis does not exist, or the tensor does not hold floating-point numbers.</exception>
            public Tensor LogSoftmax(int axis = -1) => x.Apply(new LogSoftmax(x.Shape.Axis(axis)));
        }
    }
}
