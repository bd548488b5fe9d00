using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>Views of parts with the given sizes, one after the other along an axis: what <c>Concat</c> undoes.</summary>
        /// <exception cref="ShapeException">The sizes do not add up to that of the axis.</exception>
        public Tensor[] Split(ReadOnlySpan<int> sizes, int axis = 0)
        {
            axis = x.Shape.Axis(axis);
            long total = 0;
            foreach (int size in sizes) total = size < 0 ? long.MinValue : total + size;
            if (total != x.Shape[axis])
                throw new ShapeException(
                    $"Split was asked for parts of [{InvariantText.Join(", ", sizes)}] along axis {axis} of {x.Spec}; "
                    + $"sizes are 0 or more and add up to {x.Shape[axis]}.");
            Tensor[] parts = new Tensor[sizes.Length];
            int start = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = x.Narrow(axis, start, sizes[i]);
                start += sizes[i];
            }
            return parts;
        }

        /// <summary>
        /// Views of as many parts along an axis, as equal as can be: the first ones are one longer where the size does not divide.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than one part is asked for, or more than an array holds.</exception>
        public Tensor[] Chunk(int count, int axis = 0)
        {
            Argument.AtLeast(count, 1);
            int size = x.Shape[axis];
            int[] sizes = Arrays.Of<int>(count);
            for (int i = 0; i < count; i++) sizes[i] = size / count + (i < size % count ? 1 : 0);
            return x.Split(sizes, axis);
        }
    }
}
