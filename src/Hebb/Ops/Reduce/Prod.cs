using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Π x over the given axes, which are dropped; over all, if none is given.
        /// Right gradients with zeros too. A product of nothing is 1.
        /// </summary>
        /// <exception cref="ShapeException">An axis does not exist or is named twice, or the tensor is bool.</exception>
        public Tensor Prod(params ReadOnlySpan<int> axes) => x.Prod(axes, keepAxes: false);

        /// <inheritdoc cref="extension(Tensor).Prod(ReadOnlySpan{int})"/>
        public Tensor Prod(params int[] axes) => x.Prod(axes.AsSpan());

        /// <summary>Π x over the given axes (all, if none is given), which are kept with size 1 or dropped.</summary>
        /// <exception cref="ShapeException">An axis does not exist or is named twice, or the tensor is bool.</exception>
        public Tensor Prod(ReadOnlySpan<int> axes, bool keepAxes)
        {
            Dims all = Axes.Of("Prod", x.Shape, axes);
            Tensor y = Axes.MergedLast(x, all);
            Tensor? odd = null;
            // Halves are multiplied until one is left: no division by x, which may be 0, and every derivative exists.
            for (int n = y.Shape[-1]; n > 1; n /= 2)
            {
                if (n % 2 == 1)
                {
                    Tensor last = y.Narrow(-1, n - 1, 1);
                    odd = odd is null ? last : odd * last;
                }
                y = y.Narrow(-1, 0, n / 2) * y.Narrow(-1, n / 2, n / 2);
            }
            if (odd is not null) y *= odd;
            if (y.Shape[-1] == 0) y = y.Sum([-1], keepAxes: true) + 1;
            return y.Reshape(Axes.Reduced(x.Shape, all, keepAxes));
        }
    }
}
