namespace Hebb.Ops
{
    /// <summary>yᵢ = xᵢ - ln Σⱼ e^(xⱼ) along an axis: the logarithm of the softmax, without overflow and without loss for small probabilities.</summary>
    public readonly record struct LogSoftmax(int Axis) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Columns.Infer("LogSoftmax", inputs[0], Axis);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            Tensor x = Elementwise.RowMajor(inputs[0]), y = outputs[0];
            (int outer, int size, int inner) = Columns.Of(x.Shape, Axis);
            if (x.DType == DType.Float32) Kernels.Softmax.LogForward<float>(x.Span<float>(), y.Span<float>(), outer, size, inner);
            else Kernels.Softmax.LogForward<double>(x.Span<double>(), y.Span<double>(), outer, size, inner);
            GC.KeepAlive(x);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new LogSoftmaxGrad(Axis), flow.Output(0)));
    }

    /// <summary>dxᵢ = dyᵢ - e^(yᵢ) Σⱼ dyⱼ along an axis.</summary>
    public readonly record struct LogSoftmaxGrad(int Axis) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Columns.InferGradient("LogSoftmaxGrad", inputs[0], inputs[1], Axis);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            Tensor dy = Elementwise.RowMajor(inputs[0]), y = Elementwise.RowMajor(inputs[1]), dx = outputs[0];
            (int outer, int size, int inner) = Columns.Of(y.Shape, Axis);
            if (y.DType == DType.Float32) Kernels.Softmax.LogBackward<float>(y.Span<float>(), dy.Span<float>(), dx.Span<float>(), outer, size, inner);
            else Kernels.Softmax.LogBackward<double>(y.Span<double>(), dy.Span<double>(), dx.Span<double>(), outer, size, inner);
            GC.KeepAlive(dy);
            GC.KeepAlive(y);
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
