using System.Numerics;

namespace Hebb.Kernels;

/// <summary>Running totals along an axis.</summary>
internal static class Scan
{
    /// <summary>y[i, k] = x[i, 0] + ... + x[i, k], or x[i, k] + ... + x[i, size - 1] in reverse, added one after the other.</summary>
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
        for (Odometer at = new(shape, xStrides, yStrides, yStrides); at.HasRow; at.Next())
        {
            // The axis is the outer loop, so that rows are read as they lie.
            for (int k = 0; k < size; k++)
            {
                int place = reverse ? size - 1 - k : k;
                int from = at.A + (place * xStep), to = at.B + (place * yStep), before = reverse ? to + yStep : to - yStep;
                for (int i = 0; i < at.Length; i++)
                {
                    T value = x[from + (i * at.StepA)];
                    y[to + (i * at.StepB)] = k == 0 ? value : y[before + (i * at.StepB)] + value;
                }
            }
        }
    }
}
