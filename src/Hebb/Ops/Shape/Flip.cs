using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>x with the order of positions reversed along some axes.</summary>
    public readonly record struct Flip(Dims Axes) : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            (Dims from, TensorSpec y) = (call.Input(0).Strides, call.Output(0));
            foreach (int axis in Axes.Span) from = from.With(axis, -from[axis]);
            Loop loop = Loop.Of(y.Shape.Sizes, [from, y.Strides]);
            return (in v) => Copy.Strided(loop, v.Input<T>(0), v.Output<T>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(this));
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The tensor with the order of positions reversed along the given axes (along all, if none is given).</summary>
            /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
            public Tensor Flip(params ReadOnlySpan<int> axes) => x.Apply(new Flip(Axes.Of("Flip", x.Shape, axes)));

            /// <inheritdoc cref="extension(Tensor).Flip(ReadOnlySpan{int})"/>
            public Tensor Flip(params int[] axes) => x.Flip(axes.AsSpan());
        }
    }
}
