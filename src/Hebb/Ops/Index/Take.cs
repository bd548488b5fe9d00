using Hebb.Kernels;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The positions of an axis that the indices name, in their order; the axes of the indices stand in its place.
        /// A table of rows [n, d] taken at indices [b, t] gives [b, t, d]: an embedding.
        /// Gradients of a row that was taken more than once are added in a fixed order.
        /// </summary>
        /// <exception cref="ShapeException">
        /// The axis does not exist, the indices are not int64, or the result would have more than eight axes.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is negative or too large.</exception>
        public Tensor Take(Tensor indices, int axis = 0)
        {
            axis = x.Shape.Axis(axis);
            Shape one = new(Dims.Repeat(1, x.Rank).With(axis, indices.Count));
            Tensor taken = x.Gather(axis, indices.Reshape(one).BroadcastTo(x.Shape.With(axis, indices.Count)));
            if (indices.Rank == 1) return taken;
            Shape shape = x.Shape.Without(axis);
            for (int i = 0; i < indices.Rank; i++) shape = shape.Insert(axis + i, indices.Shape[i]);
            return taken.Reshape(shape);
        }

        /// <summary>
        /// The elements where a mask of the same shape holds, in row-major order, as a vector. How many there are depends on the mask's
        /// values, which are read.
        /// </summary>
        /// <exception cref="ShapeException">The mask is not bool or has another shape.</exception>
        public Tensor MaskedSelect(Tensor mask)
        {
            if (mask.DType != DType.Bool || mask.Shape != x.Shape)
                throw new ShapeException($"MaskedSelect got the mask {mask.Spec} for {x.Spec}; a mask is bool and has the tensor's shape.");
            bool[] chosen = mask.ToArray<bool>();
            long[] places = [.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i]).Select(i => (long)i)];
            return x.Flatten().Take(Tensor.From(places, [places.Length]));
        }
    }
}
