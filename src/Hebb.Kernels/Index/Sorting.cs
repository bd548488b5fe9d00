using System.Buffers;
using System.Numerics;

namespace Hebb.Kernels;

/// <summary>
/// The order of the elements along an axis. Sorting is stable: equals keep their order. NaN is larger than any number; -0 equals 0.
/// </summary>
internal static class Sorting
{
    /// <summary>y[i, k] = the place along the axis of the element that comes k-th in order.</summary>
    /// <param name="shape">The sizes of x without the axis.</param>
    /// <param name="size">The size of the axis.</param>
    /// <param name="xStep">The stride of x along the axis.</param>
    /// <param name="x">The elements.</param>
    /// <param name="xStrides">The strides of x along its other axes.</param>
    /// <param name="yStep">The stride of y along the axis.</param>
    /// <param name="y">The places.</param>
    /// <param name="yStrides">The strides of y along its other axes.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    public static void ArgSort<T>(
        in Dims shape, int size, int xStep, ReadOnlySpan<T> x, in Dims xStrides, int yStep, Span<long> y, in Dims yStrides, bool descending)
        where T : unmanaged, INumber<T>
    {
        long[] keyArray = ArrayPool<long>.Shared.Rent(size);
        int[] placeArray = ArrayPool<int>.Shared.Rent(size);
        Span<long> keys = keyArray.AsSpan(0, size);
        Span<int> places = placeArray.AsSpan(0, size);
        for (Odometer at = new(shape, xStrides, yStrides, yStrides); at.HasRow; at.Next())
        {
            for (int i = 0; i < at.Length; i++)
            {
                ReadOnlySpan<T> line = size == 0 ? default : x[(at.A + (i * at.StepA))..];
                for (int k = 0; k < size; k++)
                {
                    long key = Key(line[k * xStep]);
                    keys[k] = descending ? ~key : key;
                    places[k] = k;
                }
                Order(keys, places);
                int to = at.B + (i * at.StepB);
                for (int k = 0; k < size; k++) y[to + (k * yStep)] = places[k];
            }
        }
        ArrayPool<long>.Shared.Return(keyArray);
        ArrayPool<int>.Shared.Return(placeArray);
    }

    /// <summary>Sorts places by keys; the library's sort is not stable, so runs of equal keys are put in order afterwards.</summary>
    private static void Order(Span<long> keys, Span<int> places)
    {
        keys.Sort(places);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) places[start..end].Sort();
            start = end;
        }
    }

    /// <summary>A whole number that orders like the value.</summary>
    private static long Key<T>(T value) where T : unmanaged, INumber<T>
    {
        if (T.IsNaN(value)) return long.MaxValue;
        if (T.IsZero(value)) return 0;
        if (typeof(T) == typeof(long)) return long.CreateTruncating(value);
        long bits = BitConverter.DoubleToInt64Bits(double.CreateTruncating(value));
        return bits >= 0 ? bits : long.MinValue - bits;
    }
}
