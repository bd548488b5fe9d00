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
            return x.Centered(all).Square().Sum(all.Span, keepAxes) / Freedom(x, all, correction);
        }

        /// <summary>√Variance, the standard deviation; the gradient of that of equal numbers is taken as 0.</summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor StandardDeviation(ReadOnlySpan<int> axes = default, int correction = 0, bool keepAxes = false)
        {
            // A length, whose squares neither overflow nor vanish.
            Dims all = Axes.Of("StandardDeviation", x.Shape, axes);
            double freedom = Freedom(x, all, correction);
            // Where too few are given the slope is no number either, though that of a length of 0 is taken as 0.
            return freedom == 0 ? x.Variance(all.Span, correction, keepAxes).Sqrt()
                : x.Centered(all).Norm(2, all.Span, keepAxes) / Math.Sqrt(freedom);
        }

        private Tensor Centered(Dims axes) => x - x.Mean(axes.Span, keepAxes: true);
    }

    /// <summary>n - correction, 0 where there are fewer numbers: they say nothing of what they were drawn from.</summary>
    private static double Freedom(Tensor x, Dims axes, int correction) =>
        Math.Max(0, Axes.Count(x.Shape, axes) - (double)correction);
}
