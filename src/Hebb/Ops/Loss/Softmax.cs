namespace Hebb.Ops
{
    /// <summary>yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ) along an axis; the largest element is taken out first, so that nothing overflows.</summary>
    public readonly record struct Softmax(int Axis) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Columns.Infer("Softmax", inputs[0], Axis);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            Tensor x = Elementwise.RowMajor(inputs[0]), y = outputs[0];
            (int outer, int size, int inner) = Columns.Of(x.Shape, Axis);
            if (x.DType == DType.Float32) Kernels.Softmax.Forward<float>(x.Span<float>(), y.Span<float>(), outer, size, inner);
            else Kernels.Softmax.Forward<double>(x.Span<double>(), y.Span<double>(), outer, size, inner);
            GC.KeepAlive(x);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new SoftmaxGrad(Axis), flow.Output(0)));
    }

    /// <summary>dxᵢ = yᵢ (dyᵢ - Σⱼ yⱼ dyⱼ) along an axis.</summary>
    public readonly record struct SoftmaxGrad(int Axis) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Columns.InferGradient("SoftmaxGrad", inputs[0], inputs[1], Axis);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            Tensor dy = Elementwise.RowMajor(inputs[0]), y = Elementwise.RowMajor(inputs[1]), dx = outputs[0];
            (int outer, int size, int inner) = Columns.Of(y.Shape, Axis);
            if (y.DType == DType.Float32) Kernels.Softmax.Backward<float>(y.Span<float>(), dy.Span<float>(), dx.Span<float>(), outer, size, inner);
            else Kernels.Softmax.Backward<double>(y.Span<double>(), dy.Span<double>(), dx.Span<double>(), outer, size, inner);
            GC.KeepAlive(dy);
            GC.KeepAlive(y);
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
