using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// ln Σ eˣ over the given axes, which are dropped; over all, if none is given.
        /// The largest element is taken out first, so that nothing overflows. That of nothing is -∞. The gradient is the softmax, which
        /// elements that are all -∞ do not have: it is NaN there.
        /// </summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor LogSumExp(params ReadOnlySpan<int> axes) => x.LogSumExp(axes, keepAxes: false);

        /// <inheritdoc cref="extension(Tensor).LogSumExp(ReadOnlySpan{int})"/>
        public Tensor LogSumExp(params int[] axes) => x.LogSumExp(axes.AsSpan());

        /// <summary>ln Σ eˣ over the given axes (all, if none is given), which are kept with size 1 or dropped.</summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor LogSumExp(ReadOnlySpan<int> axes, bool keepAxes)
        {
            if (Axes.Count(x.Shape, Axes.Of("LogSumExp", x.Shape, axes)) == 0) return x.Exp().Sum(axes, keepAxes) + double.NegativeInfinity;
            // The result does not depend on the shift, so neither does its derivative. An infinite shift would make ∞ - ∞.
            Tensor largest = x.Detach().Max(axes, keepAxes: true);
            Tensor shift = Tensor.Where(largest.IsFinite(), largest, 0);
            Tensor lowered = x - shift, isLargest = lowered.EqualTo(0).Cast(x.DType);
            // The largest give 1 each. Put in at last, they take no digits from what the others add where that is little.
            Tensor shifted = (lowered.Exp() - isLargest).Sum(axes, keepAxes) + (isLargest.Sum(axes, keepAxes) - 1);
            shifted = shifted.Log1p();
            if (keepAxes) return shifted + shift;
            return shifted + shift.Reshape(Axes.Reduced(x.Shape, Axes.Of("LogSumExp", x.Shape, axes), keepAxes: false));
        }
    }
}
