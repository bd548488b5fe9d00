using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The smallest element over the given axes, which are dropped; over all, if none is given.
        /// The gradient goes to the first of equals; NaN wins.
        /// </summary>
        /// <exception cref="ShapeException">An axis does not exist, is named twice or is empty, or the tensor is bool.</exception>
        public Tensor Min(params ReadOnlySpan<int> axes) => x.Min(axes, keepAxes: false);

        /// <inheritdoc cref="extension(Tensor).Min(ReadOnlySpan{int})"/>
        public Tensor Min(params int[] axes) => x.Min(axes.AsSpan());

        /// <summary>
        /// The smallest element over the given axes (all, if none is given), which are kept with size 1 or dropped. The gradient goes to
        /// the first of equals.
        /// </summary>
        /// <exception cref="ShapeException">An axis does not exist, is named twice or is empty, or the tensor is bool.</exception>
        public Tensor Min(ReadOnlySpan<int> axes, bool keepAxes)
        {
            Dims all = Axes.Of("Min", x.Shape, axes);
            ArgExtreme.RequireSome("Min", x, all);
            return Axes.MergedLast(x, all).MinWithIndex(-1).Values.Reshape(Axes.Reduced(x.Shape, all, keepAxes));
        }

        /// <summary>The smallest element along an axis and where it is, the first of equals; NaN wins.</summary>
        /// <exception cref="ShapeException">The axis does not exist or is empty, or the tensor is bool.</exception>
        public (Tensor Values, Tensor Indices) MinWithIndex(int axis, bool keepAxis = false) =>
            ArgExtreme.Taken(x, x.ArgMin(axis, keepAxis: true), axis, keepAxis);
    }
}
