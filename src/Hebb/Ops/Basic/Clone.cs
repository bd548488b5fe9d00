namespace Hebb.Ops
{
    /// <summary>y = x in fresh row-major memory.</summary>
    public readonly record struct Clone : IOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);

        Kernel IOp.Bind(ref OpCall call) => Copies.Bind(call.Input(0), call.Output(0));

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0));
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>A copy in fresh, row-major memory; gradients pass through.</summary>
            public Tensor Clone() => x.Apply(new Clone());

            /// <summary>The tensor itself if its elements lie in row-major order without gaps, else a copy of which that is true.</summary>
            public Tensor Contiguous() => x.IsContiguous ? x : x.Clone();
        }
    }
}
