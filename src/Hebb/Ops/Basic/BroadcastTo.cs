using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>A view of x with new leading axes and with axes of size 1 repeated: y has the target shape, without a copy.</summary>
    public readonly record struct BroadcastTo(Shape Target) : IView
    {
        (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
        {
            if (!Shape.TryBroadcast(input.Shape, Target, out Shape both) || both != Target)
                throw new ShapeException($"BroadcastTo stretches {input} to {Target}, "
                    + "but only axes of size 1 and new leading axes can stretch; reshape it first.");
            Span<int> strides = stackalloc int[Dims.MaxRank];
            int added = Target.Rank - input.Shape.Rank;
            for (int i = added; i < Target.Rank; i++)
                strides[i] = input.Shape[i - added] == 1 && Target[i] != 1 ? 0 : input.Strides[i - added];
            return (new TensorSpec(input.DType, Target, new Dims(strides[..Target.Rank])), 0);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).SumTo(flow.InputSpec(0).Shape));
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>A view of the tensor stretched to a shape that it broadcasts to.</summary>
            /// <exception cref="ShapeException">It does not broadcast to that shape.</exception>
            public Tensor BroadcastTo(Shape shape) => x.Shape == shape ? x : x.Apply(new BroadcastTo(shape));
        }
    }
}
