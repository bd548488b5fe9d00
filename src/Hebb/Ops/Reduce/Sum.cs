using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = Σ x over some axes, which are dropped or kept with size 1; for floating-point and int64 tensors. A sum of nothing is 0.
    /// </summary>
    public readonly record struct Sum(Dims Axes, bool KeepAxes) : IOp, ILaneFed
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            if (inputs[0].DType == DType.Bool)
                throw new ShapeException($"Sum got {inputs[0]}, but truth values do not add; use CountNonZero, or Cast(DType.Int64).");
            outputs[0] = new TensorSpec(inputs[0].DType, Hebb.Ops.Axes.Reduced(inputs[0].Shape, Axes, KeepAxes));
        }

        Kernel IOp.Bind(ref OpCall call)
        {
            uint axes = Hebb.Ops.Axes.Bits(Axes);
            return call.Input(0).DType == DType.Int64 ? Reductions.BindWholeSum(axes, ref call) : Reductions.Bind<SumLane>(axes, ref call);
        }

        int ILaneFed.Fed => 0;

        int ILaneFed.Room => ElementwiseExpression.MaxOperands;

        bool ILaneFed.CanTake(in TensorSpec values) => values.IsDense && Hebb.Ops.Axes.Reduced(values.Shape, Axes, KeepAxes).Count == 1;

        bool ILaneFed.CanRead(in TensorSpec operand, in TensorSpec values) => Reductions.CanRead(operand, values);

        IOp ILaneFed.Over(Func<int, ElementwiseExpression> values, in TensorSpec spec) =>
            Reductions.Over<SumLane>(this, values(0), spec.Shape.Count);

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => inputs[0].Shape.Count;

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Shape shape = flow.InputSpec(0).Shape;
            flow.Give(0, flow.Upstream(0).Reshape(Hebb.Ops.Axes.Reduced(shape, Axes, keepAxes: true)).BroadcastTo(shape));
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
            /// <summary>Σ x over the given axes, which are dropped; over all, if none is given. Sums are added in a fixed tree.</summary>
            /// <exception cref="ShapeException">An axis does not exist or is named twice, or the tensor is bool.</exception>
            public Tensor Sum(params ReadOnlySpan<int> axes) => x.Sum(axes, keepAxes: false);

            /// <inheritdoc cref="extension(Tensor).Sum(ReadOnlySpan{int})"/>
            public Tensor Sum(params int[] axes) => x.Sum(axes.AsSpan());

            /// <summary>Σ x over the given axes (all, if none is given), which are kept with size 1 or dropped.</summary>
            /// <exception cref="ShapeException">An axis does not exist or is named twice, or the tensor is bool.</exception>
            public Tensor Sum(ReadOnlySpan<int> axes, bool keepAxes) => x.Apply(new Sum(Axes.Of("Sum", x.Shape, axes), keepAxes));
        }
    }
}
