using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = the mean of each window; positions in the padding count as zeros, or not at all.</summary>
    public readonly record struct AveragePool(PoolWindow Window, bool CountsPadding) : IWindowed
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Window.Infer(nameof(AveragePool), inputs[0]);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], outputs[0]);
            else Run<double>(inputs[0], outputs[0]);
        }

        (int Size, int Stride) IWindowed.Along(int axis, ReadOnlySpan<TensorSpec> inputs) => Window.Along(axis);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new AveragePoolGradient(Window, CountsPadding, flow.InputSpec(0))));

        private void Run<T>(Tensor x, Tensor y) where T : unmanaged =>
            Pool.Average(Window.Of(x.Shape), x.Span<T>(), x.Spec.Strides, y.Span<T>(), y.Spec.Strides, CountsPadding);
    }

    /// <summary>dx = the sum over the windows that saw each input of dy divided by the window's count; the result lies like the pooled images.</summary>
    public readonly record struct AveragePoolGradient(PoolWindow Window, bool CountsPadding, TensorSpec Images) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec y = Window.Infer(nameof(AveragePoolGradient), Images);
            if (inputs[0].Shape != y.Shape) throw new ShapeException($"AveragePoolGradient got {inputs[0]}; the pooling gave {y}.");
            outputs[0] = Images.Fresh(inputs[0].DType);
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], outputs[0]);
            else Run<double>(inputs[0], outputs[0]);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new AveragePool(Window, CountsPadding)));

        private void Run<T>(Tensor dy, Tensor dx) where T : unmanaged =>
            Pool.AverageGradient(Window.Of(dx.Shape), dy.Span<T>(), dy.Spec.Strides, dx.Span<T>(), dx.Spec.Strides, CountsPadding);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The mean of each window of images [N, C, H, W]; positions in the padding count as zeros unless told otherwise.</summary>
            /// <exception cref="ShapeException">The window does not fit.</exception>
            public Tensor AveragePool(PoolWindow window, bool countsPadding = true) => x.Apply(new AveragePool(window, countsPadding));
        }
    }
}
