using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Running sums along one axis.</summary>
public static unsafe class Scan
{
    /// <summary>yᵢ = x₀ + x₁ + … + xᵢ along an axis, added in this order; or, from the other end, yᵢ = xₙ₋₁ + … + xᵢ.</summary>
    /// <typeparam name="T">float, double or long (which wraps).</typeparam>
    /// <param name="shape">The sizes of both arrays.</param>
    /// <param name="xStrides">The strides of the input.</param>
    /// <param name="yStrides">The strides of the output.</param>
    /// <param name="axis">The axis to sum along.</param>
    /// <param name="fromEnd">Whether to begin at the end of the axis.</param>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The output, from its lowest address on; it may be the same memory with the same strides as the input.</param>
    /// <exception cref="ArgumentException">An array is shorter than the shape needs, or strides and shape differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static void Sum<T>(
        in Dims shape, in Dims xStrides, in Dims yStrides, int axis, bool fromEnd, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        int n = shape[axis];
        Loop all = Loop.Of(shape, [xStrides, yStrides]);
        all.Check(0, x.Length);
        all.Check(1, y.Length);
        if (all.Count == 0) return;
        Loop lines = Loop.Of(shape.Without(axis), [xStrides.Without(axis), yStrides.Without(axis)]);
        nint xStep = xStrides[axis], yStep = yStrides[axis];
        fixed (T* px = x, py = y)
        {
            T* from = px + lines.Start(0) + (fromEnd == xStep < 0 ? 0 : (n - 1) * Math.Abs(xStep));
            T* to = py + lines.Start(1) + (fromEnd == yStep < 0 ? 0 : (n - 1) * Math.Abs(yStep));
            Along(&lines, from, fromEnd ? -xStep : xStep, to, fromEnd ? -yStep : yStep, n);
        }
    }

    /// <summary>Sums lines of n numbers; several side by side, so that none waits for the addition before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Along<T>(Loop* lines, T* x, nint xStep, T* y, nint yStep, int n) where T : unmanaged, INumber<T>
    {
        const int Together = 64;
        int last = lines->Rank - 1, row = lines->Sizes[last];
        nint xLine = lines->Step(0, last), yLine = lines->Step(1, last);
        Place place = new(lines, 2, 0);
        for (int at = 0; at < lines->Count; at += row, place.Advance(lines, 1, 0, 2))
        {
            for (int line = 0; line < row; line += Together)
            {
                int count = Math.Min(Together, row - line);
                T* from = x + place.Offsets[0] + (line * xLine), to = y + place.Offsets[1] + (line * yLine);
                for (int k = 0; k < count; k++) to[k * yLine] = from[k * xLine];
                for (int i = 1; i < n; i++)
                {
                    from += xStep;
                    to += yStep;
                    for (nint k = 0; k < count; k++) to[k * yLine] = to[(k * yLine) - yStep] + from[k * xLine];
                }
            }
        }
    }
}
