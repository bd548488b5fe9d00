using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>Σ x / n over the given axes, which are dropped; over all, if none is given. The mean of nothing is NaN.</summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor Mean(params ReadOnlySpan<int> axes) => x.Mean(axes, keepAxes: false);

        /// <inheritdoc cref="extension(Tensor).Mean(ReadOnlySpan{int})"/>
        public Tensor Mean(params int[] axes) => x.Mean(axes.AsSpan());

        /// <summary>Σ x / n over the given axes (all, if none is given), which are kept with size 1 or dropped.</summary>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor Mean(ReadOnlySpan<int> axes, bool keepAxes) =>
            x.Sum(axes, keepAxes) / Axes.Count(x.Shape, Axes.Of("Mean", x.Shape, axes));
    }
}
