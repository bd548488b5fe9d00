using Hebb.Kernels;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>A view of <paramref name="count"/> positions along one axis, from <paramref name="start"/> on.</summary>
        /// <exception cref="ShapeException">The axis does not exist or has fewer positions.</exception>
        public Tensor Narrow(int axis, int start, int count)
        {
            axis = x.Shape.Axis(axis);
            if (start < 0 || count < 0 || start > x.Shape[axis] - count)
                throw new ShapeException($"Narrow asked for {count} positions from {start} on along axis {axis} of {x.Spec}, "
                    + $"which has {x.Shape[axis]}; stay within them.");
            if (count == x.Shape[axis]) return x;
            Dims starts = Dims.Repeat(0, x.Rank), steps = Dims.Repeat(1, x.Rank);
            return x.Apply(new TakeSlice(starts.With(axis, start), x.Shape.Sizes.With(axis, count), steps));
        }
    }
}
