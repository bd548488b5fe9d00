using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = the mean of each window; positions in the padding count as zeros, or not at all.</summary>
    public readonly record struct AveragePool(PoolWindow Window, bool CountsPadding) : IWindowed, IFloatOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = Window.Infer(nameof(AveragePool), inputs[0]);

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = PoolWindow.Lay(outputs[0], inputs[0]);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (PoolShape shape, bool countsPadding) = (Window.Of(call.Input(0).Shape), CountsPadding);
            (Dims xs, Dims ys) = (call.Input(0).Strides, call.Output(0).Strides);
            return (in v) => Pool.Average(shape, v.Input<T>(0), xs, v.Output<T>(0), ys, countsPadding);
        }

        (int Size, int Stride) IWindowed.Along(int axis, ReadOnlySpan<TensorSpec> inputs) => Window.Along(axis);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) =>
            flow.Give(0, flow.Upstream(0).Apply(new AveragePoolGrad(Window, CountsPadding, flow.InputSpec(0))));
    }

    /// <summary>
    /// dx = the sum over the windows that saw each input of dy divided by the window's count; the result lies like the pooled images.
    /// </summary>
    internal readonly record struct AveragePoolGrad(PoolWindow Window, bool CountsPadding, TensorSpec Images) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec y = Window.Infer(nameof(AveragePoolGrad), Images);
            if (inputs[0].Shape != y.Shape) throw new ShapeException($"AveragePoolGrad got {inputs[0]}; the pooling gave {y}.");
            outputs[0] = new TensorSpec(inputs[0].DType, Images.Shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], Images);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (PoolShape shape, bool countsPadding) = (Window.Of(call.Output(0).Shape), CountsPadding);
            (Dims dys, Dims dxs) = (call.Input(0).Strides, call.Output(0).Strides);
            return (in v) => Pool.AverageGradient(shape, v.Input<T>(0), dys, v.Output<T>(0), dxs, countsPadding);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new AveragePool(Window, CountsPadding)));
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>
            /// The mean of each window of images [N, C, H, W]; positions in the padding count as zeros unless told otherwise.
            /// </summary>
            /// <exception cref="ShapeException">The window does not fit.</exception>
            public Tensor AveragePool(PoolWindow window, bool countsPadding = true) => x.Apply(new AveragePool(window, countsPadding));
        }
    }
}
