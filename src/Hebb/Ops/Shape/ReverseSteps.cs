using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y[n, t] = x[n, L - 1 - t] for the L steps of sequence n; padded steps stay where they are. Operands x [N, T, ...] and lengths L,
    /// int64 [N].
    /// </summary>
    public readonly record struct ReverseSteps : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            (TensorSpec x, TensorSpec lengths) = (inputs[0], inputs[1]);
            if (x.Shape.Rank < 2 || lengths.DType != DType.Int64 || lengths.Shape != [x.Shape[0]])
                throw new ShapeException($"ReverseSteps got {x} and lengths {lengths}; give sequences [N, T, ...] and lengths int64 [N].");
            outputs[0] = new TensorSpec(x.DType, x.Shape);
        }

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            Shape shape = call.RowMajor(0).Shape;
            call.RowMajor(1);
            int rows = shape[0], steps = shape[1], numbers = shape.Count == 0 ? 0 : shape.Count / (rows * steps);
            return (in v) => Sequences.Reverse(rows, steps, numbers, v.Input<long>(1), v.Input<T>(0), v.Output<T>(0));
        }

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => 0;

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(this, flow.Input(1)));
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
            /// Sequences [N, T, ...] each reversed within its length L: y[n, t] = x[n, L - 1 - t] for t &lt; L. Padded steps stay where
            /// they are, so reversing twice gives x.
            /// </summary>
            /// <param name="lengths">The length of each sequence, from 0 to T: int64 [N].</param>
            /// <exception cref="ShapeException">Shapes or types do not fit.</exception>
            /// <exception cref="ArgumentException">A length is negative or beyond T.</exception>
            public Tensor ReverseSteps(Tensor lengths) => x.Apply(new ReverseSteps(), lengths);
        }
    }
}
