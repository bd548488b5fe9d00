using System.Numerics;

namespace Hebb.Kernels;

/// <summary>Running totals along an axis.</summary>
internal static class Scan
{
    // Columns whose totals are kept side by side.
    private const int Together = 256;

    /// <summary>
    /// y[i, k] = x[i, 0] + ... + x[i, k], or x[i, k] + ... + x[i, size - 1] in reverse, added one after the other: floats in double.
    /// </summary>
    /// <param name="shape">The sizes of x without the axis.</param>
    /// <param name="size">The size of the axis.</param>
    /// <param name="xStep">The stride of x along the axis.</param>
    /// <param name="x">The elements.</param>
    /// <param name="xStrides">The strides of x along its other axes.</param>
    /// <param name="yStep">The stride of y along the axis.</param>
    /// <param name="y">The totals.</param>
    /// <param name="yStrides">The strides of y along its other axes.</param>
    /// <param name="reverse">Whether to add from the end.</param>
    public static void Sum<T>(
        in Dims shape, int size, int xStep, ReadOnlySpan<T> x, in Dims xStrides, int yStep, Span<T> y, in Dims yStrides, bool reverse)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float)) Sum<T, double>(shape, size, xStep, x, xStrides, yStep, y, yStrides, reverse);
        else Sum<T, T>(shape, size, xStep, x, xStrides, yStep, y, yStrides, reverse);
    }

    private static void Sum<T, TTotal>(
        in Dims shape, int size, int xStep, ReadOnlySpan<T> x, in Dims xStrides, int yStep, Span<T> y, in Dims yStrides, bool reverse)
        where T : unmanaged, INumber<T> where TTotal : unmanaged, INumber<TTotal>
    {
        Span<TTotal> totals = stackalloc TTotal[Together];
        for (Odometer at = new(shape, xStrides, yStrides, yStrides); at.HasRow; at.Next())
        {
            // Columns that lie closer than the numbers of one go together, so that memory is read as it lies.
            int together = Math.Abs(at.StepA) < Math.Abs(xStep) ? Together : 1;
            for (int column = 0; column < at.Length; column += together)
            {
                int count = Math.Min(together, at.Length - column), from = at.A + (column * at.StepA), to = at.B + (column * at.StepB);
                totals.Clear();
                for (int k = 0; k < size; k++)
                {
                    int place = reverse ? size - 1 - k : k, read = from + (place * xStep), write = to + (place * yStep);
                    for (int i = 0; i < count; i++)
                    {
                        totals[i] += TTotal.CreateTruncating(x[read + (i * at.StepA)]);
                        y[write + (i * at.StepB)] = T.CreateTruncating(totals[i]);
                    }
                }
            }
        }
    }
}
