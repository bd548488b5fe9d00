using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Σ (x - x̄)² / (n - correction) over the given axes (all, if none is given). A correction of 0 is the variance of the numbers
        /// themselves, 1 the unbiased estimate for what they were drawn from.
        /// </summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor Variance(ReadOnlySpan<int> axes = default, int correction = 0, bool keepAxes = false)
        {
            Dims all = Axes.Of("Variance", x.Shape, axes);
            Tensor centered = x - x.Mean(all.Span, keepAxes: true);
            return centered.Square().Sum(all.Span, keepAxes) / (Axes.Count(x.Shape, all) - (double)correction);
        }

        /// <summary>√Variance, the standard deviation; the gradient of that of equal numbers is taken as 0.</summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor StandardDeviation(ReadOnlySpan<int> axes = default, int correction = 0, bool keepAxes = false) =>
            Root(x.Variance(axes, correction, keepAxes), 2);
    }
}
