using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// The sum of x over the axes along which a tensor of the target shape was stretched to x's shape:
    /// the one place where broadcasting is undone.
    /// </summary>
    public readonly record struct SumTo(Shape Target) : IOp, ILaneFed
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            if (!Shape.TryBroadcast(inputs[0].Shape, Target, out Shape both) || both != inputs[0].Shape)
                throw new ShapeException($"SumTo sums {inputs[0]} to {Target}, which does not broadcast to it; give a shape that does.");
            outputs[0] = new TensorSpec(inputs[0].DType, Target);
        }

        Kernel IOp.Bind(ref OpCall call) => Reductions.Bind<SumLane>(Axes(call.Input(0).Shape), ref call);

        int ILaneFed.Fed => 0;

        int ILaneFed.Room => ElementwiseExpression.MaxOperands;

        bool ILaneFed.CanTake(in TensorSpec values) => values.IsDense && Target.Count == 1;

        bool ILaneFed.CanRead(in TensorSpec operand, in TensorSpec values) => Reductions.CanRead(operand, values);

        IOp ILaneFed.Over(Func<int, ElementwiseExpression> values, in TensorSpec spec) =>
            Reductions.Over<SumLane>(this, values(0), spec.Shape.Count);

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => inputs[0].Shape.Count;

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).BroadcastTo(flow.InputSpec(0).Shape));

        /// <summary>The axes to sum, as bits.</summary>
        private uint Axes(in Shape shape)
        {
            int added = shape.Rank - Target.Rank;
            uint axes = (1u << added) - 1;
            for (int i = added; i < shape.Rank; i++)
            {
                if (Target[i - added] == 1) axes |= 1u << i;
            }
            return axes;
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
            /// <summary>The sum over the axes along which a tensor of the given shape would stretch to this one's shape.</summary>
            /// <exception cref="ShapeException">The shape does not broadcast to this tensor's.</exception>
            public Tensor SumTo(Shape shape) => x.Shape == shape ? x : x.Apply(new SumTo(shape));
        }
    }
}
