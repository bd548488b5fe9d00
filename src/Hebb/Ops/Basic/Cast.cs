using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// x converted to another element type: to int64 by dropping the fraction (NaN is refused), to bool by asking whether it is not zero.
    /// </summary>
    public readonly record struct Cast(DType To) : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(To, inputs[0].Shape);

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs);

        Kernel IAnyKernel.Bind<T>(ref OpCall call) => ElementTypes.Any(new From<T>(Elementwise.Walk(call)), To, ref call);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Cast(flow.InputSpec(0).DType));

        private readonly struct From<TFrom>(Loop loop) : IAnyKernel where TFrom : unmanaged
        {
            public Kernel Bind<T>(ref OpCall call) where T : unmanaged
            {
                Loop over = loop;
                return (in v) => Map.Cast<TFrom, T>(over, v.Input<TFrom>(0), v.Output<T>(0));
            }
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
            /// <summary>
            /// The tensor converted to another element type; itself if it has that type. Gradients pass between floating-point types.
            /// </summary>
            /// <exception cref="ArgumentOutOfRangeException">
            /// A number is to become int64 and is NaN or outside -2⁶³ to 2⁶³.
            /// </exception>
            public Tensor Cast(DType to) => x.DType == to ? x : x.Apply(new Cast(to));
        }
    }
}
