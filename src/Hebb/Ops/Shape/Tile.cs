using Hebb.Kernels;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The whole tensor repeated side by side, as often along each axis as its count says; more counts than axes add axes in front.
        /// [1, 2] tiled by 2 is [1, 2, 1, 2].
        /// </summary>
        /// <exception cref="ShapeException">Fewer counts than axes, a negative count, or more than four axes.</exception>
        public Tensor Tile(params ReadOnlySpan<int> counts)
        {
            int rank = counts.Length;
            if (rank < x.Rank || 2 * rank > Dims.MaxRank)
                throw new ShapeException(
                    $"Tile got {rank} counts for {x.Spec}; give from {x.Rank} to {Dims.MaxRank / 2}, one for each axis of the result.");
            Span<int> apart = stackalloc int[Dims.MaxRank], wide = stackalloc int[Dims.MaxRank], sizes = stackalloc int[Dims.MaxRank];
            for (int i = 0; i < rank; i++)
            {
                int size = i < rank - x.Rank ? 1 : x.Shape[i - (rank - x.Rank)];
                (apart[2 * i], apart[(2 * i) + 1]) = (1, size);
                (wide[2 * i], wide[(2 * i) + 1]) = (counts[i], size);
                sizes[i] = Shape.Size((long)counts[i] * size);
            }
            return x.Reshape(new Shape(apart[..(2 * rank)])).BroadcastTo(new Shape(wide[..(2 * rank)])).Reshape(new Shape(sizes[..rank]));
        }

        /// <inheritdoc cref="extension(Tensor).Tile(ReadOnlySpan{int})"/>
        public Tensor Tile(params int[] counts) => x.Tile(counts.AsSpan());

        /// <summary>Each position along an axis repeated so often in place: [1, 2] repeated twice is [1, 1, 2, 2].</summary>
        /// <exception cref="ShapeException">The axis does not exist, the count is negative, or there are eight axes already.</exception>
        public Tensor Repeat(int count, int axis = 0)
        {
            axis = x.Shape.Axis(axis);
            Shape apart = x.Shape.Insert(axis + 1, 1);
            return x.Reshape(apart).BroadcastTo(apart.With(axis + 1, count))
                .Reshape(x.Shape.With(axis, Shape.Size((long)x.Shape[axis] * count)));
        }
    }
}
