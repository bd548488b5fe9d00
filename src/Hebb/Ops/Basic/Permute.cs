using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>A view of x with its axes in another order: axis i of y is axis Order[i] of x.</summary>
    public readonly record struct Permute(Dims Order) : IView
    {
        (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
        {
            int rank = input.Shape.Rank;
            Span<int> sizes = stackalloc int[Dims.MaxRank], strides = stackalloc int[Dims.MaxRank];
            uint seen = 0;
            for (int i = 0; i < Order.Rank && i < rank; i++)
            {
                int axis = input.Shape.Axis(Order[i]);
                seen |= 1u << axis;
                sizes[i] = input.Shape[axis];
                strides[i] = input.Strides[axis];
            }
            if (Order.Rank != rank || seen != (1u << rank) - 1)
                throw new ShapeException($"Permute orders the axes of {input} as {Order}; name each of its {rank} axes once.");
            return (new TensorSpec(input.DType, new Shape(sizes[..rank]), new Dims(strides[..rank])), 0);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Shape shape = flow.InputSpec(0).Shape;
            Span<int> back = stackalloc int[Dims.MaxRank];
            for (int i = 0; i < Order.Rank; i++) back[shape.Axis(Order[i])] = i;
            flow.Give(0, flow.Upstream(0).Permute(back[..Order.Rank]));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>The transpose: a view with the last two axes exchanged.</summary>
        /// <exception cref="ShapeException">There are fewer than two axes.</exception>
        public Tensor T => this.Transpose();
    }

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>A view with the axes in another order: axis i of the result is axis order[i] of this tensor.</summary>
            /// <exception cref="ShapeException">The order does not name each axis once.</exception>
            public Tensor Permute(params ReadOnlySpan<int> order) => x.Apply(new Permute(new Dims(order)));

            /// <inheritdoc cref="extension(Tensor).Permute(ReadOnlySpan{int})"/>
            public Tensor Permute(params int[] order) => x.Permute(order.AsSpan());

            /// <summary>A view with two axes exchanged; by default the last two.</summary>
            /// <exception cref="ShapeException">An axis does not exist.</exception>
            public Tensor Transpose(int a = -2, int b = -1)
            {
                Span<int> order = stackalloc int[Dims.MaxRank];
                for (int i = 0; i < x.Rank; i++) order[i] = i;
                (order[x.Shape.Axis(a)], order[x.Shape.Axis(b)]) = (order[x.Shape.Axis(b)], order[x.Shape.Axis(a)]);
                return x.Permute(order[..x.Rank]);
            }
        }
    }
}
