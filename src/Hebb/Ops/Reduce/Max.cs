using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The largest element over the given axes, which are dropped; over all, if none is given.
        /// The gradient goes to the first of equals; NaN wins.
        /// </summary>
        /// <exception cref="ShapeException">An axis does not exist, is named twice or is empty, or the tensor is bool.</exception>
        public Tensor Max(params ReadOnlySpan<int> axes) => x.Max(axes, keepAxes: false);

        /// <inheritdoc cref="extension(Tensor).Max(ReadOnlySpan{int})"/>
        public Tensor Max(params int[] axes) => x.Max(axes.AsSpan());

        /// <summary>
        /// The largest element over the given axes (all, if none is given), which are kept with size 1 or dropped.
        /// The gradient goes to the first of equals.
        /// </summary>
        /// <exception cref="ShapeException">An axis does not exist, is named twice or is empty, or the tensor is bool.</exception>
        public Tensor Max(ReadOnlySpan<int> axes, bool keepAxes)
        {
            Dims all = Axes.Of("Max", x.Shape, axes);
            ArgExtreme.RequireSome("Max", x, all);
            return Axes.MergedLast(x, all).MaxWithIndex(-1).Values.Reshape(Axes.Reduced(x.Shape, all, keepAxes));
        }

        /// <summary>The largest element along an axis and where it is, the first of equals; NaN wins.</summary>
        /// <exception cref="ShapeException">The axis does not exist or is empty, or the tensor is bool.</exception>
        public (Tensor Values, Tensor Indices) MaxWithIndex(int axis, bool keepAxis = false) =>
            ArgExtreme.Taken(x, x.ArgMax(axis, keepAxis: true), axis, keepAxis);
    }
}
