using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>How many elements are not zero (of a bool tensor: are true) along the given axes, or of all, as int64.</summary>
        /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
        public Tensor CountNonZero(params ReadOnlySpan<int> axes) => x.Cast(DType.Bool).Cast(DType.Int64).Sum(axes);

        /// <inheritdoc cref="extension(Tensor).CountNonZero(ReadOnlySpan{int})"/>
        public Tensor CountNonZero(params int[] axes) => x.CountNonZero(axes.AsSpan());

        /// <summary>Whether at least one element is not zero along the given axes, or of all; false for none.</summary>
        /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
        public Tensor Any(params ReadOnlySpan<int> axes) => x.CountNonZero(axes) > 0;

        /// <inheritdoc cref="extension(Tensor).Any(ReadOnlySpan{int})"/>
        public Tensor Any(params int[] axes) => x.Any(axes.AsSpan());

        /// <summary>Whether no element is zero along the given axes, or of all; true for none.</summary>
        /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
        public Tensor All(params ReadOnlySpan<int> axes)
        {
            Dims all = Axes.Of("All", x.Shape, axes);
            return x.CountNonZero(all.Span).EqualTo(Axes.Count(x.Shape, all));
        }

        /// <inheritdoc cref="extension(Tensor).All(ReadOnlySpan{int})"/>
        public Tensor All(params int[] axes) => x.All(axes.AsSpan());
    }
}
