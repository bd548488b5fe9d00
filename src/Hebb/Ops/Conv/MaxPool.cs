using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = the largest number of each window, the first among equals; NaN where there is one. The second result says for the gradient which
    /// element of each window won; without gradient it can be left out.
    /// </summary>
    public readonly record struct MaxPool(PoolWindow Window, bool WithWinners = true) : IWindowed, IFloatOp, IKinked
    {
        int IOp.OutputCount => WithWinners ? 2 : 1;

        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs.Fill(Window.Infer(nameof(MaxPool), inputs[0]));

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs.Fill(PoolWindow.Lay(outputs[0], inputs[0]));

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (PoolShape shape, bool withWinners) = (Window.Of(call.Input(0).Shape), WithWinners);
            (Dims xs, Dims ys) = (call.Input(0).Strides, call.Output(0).Strides);
            return (in v) => Pool.Max(shape, v.Input<T>(0), xs, v.Output<T>(0), ys, withWinners ? v.Output<T>(1) : default);
        }

        (int Size, int Stride) IWindowed.Along(int axis, ReadOnlySpan<TensorSpec> inputs) => Window.Along(axis);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            if (flow.HasUpstream(0))
                flow.Give(0, flow.Upstream(0).Apply(new MaxPoolGrad(Window, flow.InputSpec(0)), flow.Output(1).Detach()));
        }

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) =>
            (WithWinners ? outputs : inputs[0].ApplyAll(this with { WithWinners = true }))[1].Cast(DType.Int64);
    }

    /// <summary>
    /// dx = the sum of dy over the windows that each input won: operands dy and the winners; the result lies like the pooled images.
    /// </summary>
    internal readonly record struct MaxPoolGrad(PoolWindow Window, TensorSpec Images) : IPairActivated
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec y = Window.Infer(nameof(MaxPoolGrad), Images);
            if (inputs[0].Shape != y.Shape || inputs[1].Shape != y.Shape)
                throw new ShapeException($"MaxPoolGrad got {inputs[0]} and winners {inputs[1]}; the pooling gave {y}.");
            outputs[0] = new TensorSpec(inputs[0].DType, Images.Shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], Images);

        Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther)
        {
            PoolShape shape = Window.Of(call.Output(0).Shape);
            (Dims windows, Dims dxs) = (call.Laid(0, call.Input(1)).Strides, call.Output(0).Strides);
            if (hasOther) call.Laid(2, call.Output(0));
            return (in v) => Pool.MaxGradient(
                shape, v.Input<T>(0), v.Input<T>(1), windows, v.Output<T>(0), dxs, f, hasOther ? v.Input<T>(2) : default);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new MaxPoolGradGrad(Window), flow.Input(1)));
    }

    /// <summary>y = x at the winner of each window: operands x [N, C, H, W] and the winners.</summary>
    internal readonly record struct MaxPoolGradGrad(PoolWindow Window) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            if (Window.Infer(nameof(MaxPoolGradGrad), inputs[0]).Shape != inputs[1].Shape)
                throw new ShapeException($"MaxPoolGradGrad got {inputs[0]} and winners {inputs[1]}, which do not belong together; "
                    + "give the winners of a pooling of such images.");
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[1].Shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs[1]);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            PoolShape shape = Window.Of(call.Input(0).Shape);
            (Dims xs, Dims ys) = (call.Input(0).Strides, call.Output(0).Strides);
            return (in v) => Pool.TakeWinners(shape, v.Input<T>(0), xs, v.Input<T>(1), v.Output<T>(0), ys);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) =>
            flow.Give(0, flow.Upstream(0).Apply(new MaxPoolGrad(Window, flow.InputSpec(0)), flow.Input(1)));
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
            public Tensor MaxPool(PoolWindow window) => x.Apply(new MaxPool(window, x.RequiresGrad && !EngineContext.Current.IsGradOff));
        }
    }
}
