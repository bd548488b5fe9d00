namespace Hebb.Ops
{
    /// <summary>x converted to another element type: to int64 by dropping the fraction, to bool by asking whether it is not zero.</summary>
    public readonly record struct Cast(DType To) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0].Fresh(To);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Elementwise.Cast(inputs[0], outputs[0]);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Cast(flow.InputSpec(0).DType));
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The tensor converted to another element type; itself if it has that type. Gradients pass between floating-point types.</summary>
            public Tensor Cast(DType to) => x.DType == to ? x : x.Apply(new Cast(to));
        }
    }
}
