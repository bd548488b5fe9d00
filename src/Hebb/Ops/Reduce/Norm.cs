using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// ‖x‖ = (Σ |x|ᵖ)^(1/p) over the given axes, which are dropped; over all, if none is given. p = 2 is the length, p = 1 the sum of
        /// magnitudes, p = ∞ the largest magnitude. Powers neither overflow nor vanish where the norm does not. The gradient of the norm of
        /// zeros is taken as 0.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">p is not positive.</exception>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor Norm(double p = 2, params ReadOnlySpan<int> axes) => x.Norm(p, axes, keepAxes: false);

        /// <inheritdoc cref="extension(Tensor).Norm(double, ReadOnlySpan{int})"/>
        public Tensor Norm(double p = 2, params int[] axes) => x.Norm(p, axes.AsSpan());

        /// <summary>‖x‖ over the given axes (all, if none is given), which are kept with size 1 or dropped.</summary>
        /// <exception cref="ArgumentOutOfRangeException">p is not positive.</exception>
        /// <exception cref="ShapeException">
        /// An axis does not exist or is named twice, or the tensor does not hold floating-point numbers.
        /// </exception>
        public Tensor Norm(double p, ReadOnlySpan<int> axes, bool keepAxes)
        {
            if (!(p > 0))
                throw new ArgumentOutOfRangeException(
                    nameof(p), $"Norm was asked for p = {p}, but p is a positive number or infinity; 2 is the length.");
            if (double.IsPositiveInfinity(p)) return x.Abs().Max(axes, keepAxes);
            if (p == 1) return x.Abs().Sum(axes, keepAxes);
            // Squares of floats fit into doubles.
            if (p == 2 && x.DType == DType.Float32)
                return Root(x.Cast(DType.Float64).Square().Sum(axes, keepAxes), 2).Cast(DType.Float32);
            Dims all = Axes.Of("Norm", x.Shape, axes);
            if (Axes.Count(x.Shape, all) == 0) return Powers(x, p).Sum(axes, keepAxes);
            // In units of the largest; what is infinite or 0 is not divided by.
            Tensor largest = x.Detach().Abs().Max(axes, keepAxes: true);
            Tensor unit = Tensor.Where((largest > 0).And(largest < double.PositiveInfinity), largest, 1);
            Tensor norm = Root(Powers(x / unit, p).Sum(axes, keepAxes: true), p) * unit;
            return norm.Reshape(Axes.Reduced(x.Shape, all, keepAxes));
        }
    }

    private static Tensor Powers(Tensor x, double p) => p == 2 ? x.Square() : x.Abs().Pow(p);

    /// <summary>
    /// s^(1/p) with the derivative at 0, which would be infinite, taken as 0: zero is kept out of the root and put back after it.
    /// </summary>
    private static Tensor Root(Tensor s, double p)
    {
        Tensor isZero = s.EqualTo(0), safe = Tensor.Where(isZero, 1, s);
        return Tensor.Where(isZero, 0, p == 2 ? safe.Sqrt() : safe.Pow(1 / p));
    }
}
