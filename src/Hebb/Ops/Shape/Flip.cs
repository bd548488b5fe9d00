using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>x with the order of positions reversed along some axes.</summary>
    public readonly record struct Flip(Dims Axes) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Elementwise.CopyReversed(inputs[0], outputs[0], Axes);

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
        }
    }
}
