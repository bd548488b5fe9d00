using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = the largest number of each window, the first among equals; NaN where there is one. The second result says for the gradient which element of
    /// each window won; without gradient it can be left out.
    /// </summary>
    public readonly record struct MaxPool(PoolWindow Window, bool WithWinners = true) : IWindowed, IKinked
    {
        int IOp.OutputCount => WithWinners ? 2 : 1;

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs.Fill(Window.Infer(nameof(MaxPool), inputs[0]));

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            Tensor? winners = WithWinners ? outputs[1] : null;
            if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], outputs[0], winners);
            else Run<double>(inputs[0], outputs[0], winners);
        }

        (int Size, int Stride) IWindowed.Along(int axis, ReadOnlySpan<TensorSpec> inputs) => Window.Along(axis);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            if (flow.HasUpstream(0)) flow.Give(0, flow.Upstream(0).Apply(new MaxPoolGradient(Window, flow.InputSpec(0)), flow.Output(1).Detach()));
        }

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => outputs[1].Cast(DType.Int64);

        private void Run<T>(Tensor x, Tensor y, Tensor? winners) where T : unmanaged => Pool.Max(
            Window.Of(x.Shape), x.Span<T>(), x.Spec.Strides, y.Span<T>(), y.Spec.Strides, winners is null ? default : winners.Span<T>());
    }

    /// <summary>dx = the sum of dy over the windows that each input won: operands dy and the winners; the result lies like the pooled images.</summary>
    public readonly record struct MaxPoolGradient(PoolWindow Window, TensorSpec Images) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec y = Window.Infer(nameof(MaxPoolGradient), Images);
            if (inputs[0].Shape != y.Shape || inputs[1].Shape != y.Shape)
                throw new ShapeException($"MaxPoolGradient got {inputs[0]} and winners {inputs[1]}; the pooling gave {y}.");
            outputs[0] = Images.Fresh(inputs[0].DType);
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], inputs[1], outputs[0]);
            else Run<double>(inputs[0], inputs[1], outputs[0]);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new TakeWinners(Window), flow.Input(1)));

        private void Run<T>(Tensor dy, Tensor winners, Tensor dx) where T : unmanaged
        {
            Tensor aligned = Channels.Aligned(dy, winners.Spec);
            Pool.MaxGradient<T>(Window.Of(dx.Shape), aligned.Span<T>(), winners.Span<T>(), winners.Spec.Strides, dx.Span<T>(), dx.Spec.Strides);
            GC.KeepAlive(aligned);
        }
    }

    /// <summary>y = x at the winner of each window: operands x [N, C, H, W] and the winners.</summary>
    public readonly record struct TakeWinners(PoolWindow Window) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            if (Window.Infer(nameof(TakeWinners), inputs[0]).Shape != inputs[1].Shape)
                throw new ShapeException($"TakeWinners got {inputs[0]} and winners {inputs[1]}, which do not belong together; give the winners of a pooling of such images.");
            outputs[0] = inputs[1].Fresh(inputs[0].DType);
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], inputs[1], outputs[0]);
            else Run<double>(inputs[0], inputs[1], outputs[0]);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new MaxPoolGradient(Window, flow.InputSpec(0)), flow.Input(1)));

        private void Run<T>(Tensor x, Tensor winners, Tensor y) where T : unmanaged =>
            Pool.TakeWinners(Window.Of(x.Shape), x.Span<T>(), x.Spec.Strides, winners.Span<T>(), y.Span<T>(), y.Spec.Strides);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The largest number of each window of images [N, C, H, W]; the gradient goes to the first of equals.</summary>
            /// <exception cref="ShapeException">The window does not fit.</exception>
            public Tensor MaxPool(PoolWindow window) => x.Apply(new MaxPool(window, x.RequiresGrad && !Engine.IsGradOff));
        }
    }
}
