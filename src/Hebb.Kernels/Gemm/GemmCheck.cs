using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Refuses sizes, strides and spans with which a product would read or write the wrong memory.</summary>
internal static class GemmCheck
{
    public static void Sizes<T>(int m, int n, int k)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new ArgumentException($"A matrix product of {typeof(T).Name} was asked for; it must be of float or double.");
        if (m < 0 || n < 0 || k < 0)
            throw new ArgumentException($"The product's sizes are m = {m}, n = {n}, k = {k}; none may be negative.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Operand<T>(
        string name, int rows, int columns, ReadOnlySpan<T> span, int row, int column, Span<T> written, int batch = 1, int stride = 0)
    {
        if ((row | column | stride) < 0)
            throw new ArgumentException($"{name} has strides ({row}, {column}) and batch stride {stride}; none may be negative.");
        if (rows == 0 || columns == 0) return;
        long needed = 1 + (rows - 1L) * row + (columns - 1L) * column + (batch - 1L) * stride;
        if (needed > span.Length) TooShort(name, rows, columns, row, column, needed, span.Length);
        if (span[..(int)needed].Overlaps(written))
            throw new ArgumentException($"C overlaps {name} in memory; write the product elsewhere and copy it.");
    }

    /// <summary>Returns the part of C's span that is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Span<T> Result<T>(int m, int n, Span<T> c, int row, ReadOnlySpan<T> bias, BiasAxis axis, int batch = 1, int stride = 0)
    {
        if (m > 1 && row < n)
            throw new ArgumentException($"C has {n} columns but only {row} numbers from row to row; it needs {n} or more.");
        int expected = axis == BiasAxis.Row ? m : n;
        if (bias.Length != 0 && bias.Length != expected)
            throw new ArgumentException($"The bias has {bias.Length} numbers; C is {m} x {n}, so it must have {expected}, or none.");
        if (m == 0 || n == 0) return [];
        long needed = (m - 1L) * row + n + (batch - 1L) * stride;
        if (needed > c.Length) TooShort("C", m, n, row, 1, needed, c.Length);
        Span<T> written = c[..(int)needed];
        if (bias.Overlaps(written)) throw new ArgumentException("C overlaps the bias in memory; write the product elsewhere and copy it.");
        return written;
    }

    public static void Batch(int batch, int m, int n, int stride, int row)
    {
        if (batch < 0 || stride < 0 || row < 0)
            throw new ArgumentException($"The batch is {batch} with strides ({stride}, {row}) of C; none may be negative.");
        if (batch > 1 && m > 0 && (m - 1L) * row + n > stride)
            throw new ArgumentException($"The C's of a batch overlap: each is {m} x {n} but they lie {stride} numbers apart.");
    }

    private static void TooShort(string name, int rows, int columns, int row, int column, long needed, int length) =>
        throw new ArgumentException(
            $"{name} is {rows} x {columns} with strides ({row}, {column}) and needs {needed} numbers, but its span has {length}.");
}
