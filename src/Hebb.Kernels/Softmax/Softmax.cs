namespace Hebb.Kernels;

/// <summary>
/// Softmax and log-softmax along one axis of an array [outer, axis, inner], of floats or doubles, with their gradients.
/// Results do not depend on the lane width or on the number of threads;
/// adding a constant to a column changes them by rounding only, and nothing overflows.
/// </summary>
/// <remarks>
/// A column with +∞ or NaN, or of -∞ alone, gives NaN throughout; a single -∞ gives probability 0 (logarithm -∞). The output may be the
/// same memory as an input.
/// </remarks>
internal static unsafe class Softmax
{
    /// <summary>yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ)</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The input, [outer, axis, inner].</param>
    /// <param name="y">The probabilities, as long as the input.</param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <exception cref="ArgumentException">A length is not outer · axis · inner.</exception>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner) where T : unmanaged
    {
        Check(x.Length, "input", outer, axis, inner);
        Check(y.Length, "output", outer, axis, inner);
        fixed (T* px = x, py = y) ColumnWalk<SoftmaxBody<T>, T>.Run(new(axis), px, null, py, outer, axis, inner);
    }

    /// <summary>dxᵢ = yᵢ (dyᵢ - Σⱼ yⱼ dyⱼ)</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="y">The probabilities that <see cref="Forward"/> gave.</param>
    /// <param name="dy">The gradient with respect to them.</param>
    /// <param name="dx">The gradient with respect to the input.</param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <exception cref="ArgumentException">A length is not outer · axis · inner.</exception>
    public static void Backward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int outer, int axis, int inner) where T : unmanaged
    {
        Check(y.Length, "output", outer, axis, inner);
        Check(dy.Length, "output gradient", outer, axis, inner);
        Check(dx.Length, "input gradient", outer, axis, inner);
        fixed (T* py = y, pdy = dy, pdx = dx) ColumnWalk<SoftmaxGradientBody<T>, T>.Run(new(axis), py, pdy, pdx, outer, axis, inner);
    }

    /// <summary>yᵢ = xᵢ - ln Σⱼ e^(xⱼ)</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The input, [outer, axis, inner].</param>
    /// <param name="y">The logarithms of the probabilities, as long as the input.</param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <exception cref="ArgumentException">A length is not outer · axis · inner.</exception>
    public static void LogForward<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner) where T : unmanaged
    {
        Check(x.Length, "input", outer, axis, inner);
        Check(y.Length, "output", outer, axis, inner);
        fixed (T* px = x, py = y) ColumnWalk<LogSoftmaxBody<T>, T>.Run(new(axis), px, null, py, outer, axis, inner);
    }

    /// <summary>dxᵢ = dyᵢ - e^(yᵢ) Σⱼ dyⱼ</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="y">The logarithms that <see cref="LogForward"/> gave.</param>
    /// <param name="dy">The gradient with respect to them.</param>
    /// <param name="dx">The gradient with respect to the input.</param>
    /// <param name="outer">The product of the sizes before the axis.</param>
    /// <param name="axis">The size of the axis.</param>
    /// <param name="inner">The product of the sizes behind the axis.</param>
    /// <exception cref="ArgumentException">A length is not outer · axis · inner.</exception>
    public static void LogBackward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int outer, int axis, int inner) where T : unmanaged
    {
        Check(y.Length, "output", outer, axis, inner);
        Check(dy.Length, "output gradient", outer, axis, inner);
        Check(dx.Length, "input gradient", outer, axis, inner);
        fixed (T* py = y, pdy = dy, pdx = dx) ColumnWalk<LogSoftmaxGradientBody<T>, T>.Run(new(axis), py, pdy, pdx, outer, axis, inner);
    }

    internal static void Check(int length, string what, int outer, int axis, int inner)
    {
        if (outer < 0 || axis < 0 || inner < 0)
            throw new ArgumentException($"The sizes [{outer}, {axis}, {inner}] have a negative one; sizes are 0 or more.");
        if ((Int128)outer * axis * inner != length)
            throw new ArgumentException(
                $"The {what} has {length} elements and the sizes [{outer}, {axis}, {inner}] ask for {(Int128)outer * axis * inner}.");
    }
}
