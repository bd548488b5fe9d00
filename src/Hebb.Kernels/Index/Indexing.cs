using System.Numerics;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>
/// Reading and writing at places that an array of indices names, along one axis. All operands are walked in row-major order of one shape,
/// that of the indices, so that what meets in one place is combined in a fixed order.
/// </summary>
/// <remarks>
/// The operand that is indexed has stride 0 along the indexed axis, and <c>step</c> says how far one index moves in it. An index outside
/// [0, size) is refused.
/// </remarks>
internal static class Indexing
{
    // From so many numbers on that may meet in one place, their sum is kept in double.
    private const int ManyMeet = 512;

    /// <summary>y[i] = x[i with the indexed axis at indices[i]]</summary>
    /// <param name="shape">The sizes of the indices and of y.</param>
    /// <param name="size">The size of the indexed axis of x.</param>
    /// <param name="step">The stride of x along the indexed axis.</param>
    /// <param name="indices">Places along the axis.</param>
    /// <param name="indexStrides">Strides of the indices.</param>
    /// <param name="x">The array that is read.</param>
    /// <param name="xStrides">Its strides, 0 along the indexed axis.</param>
    /// <param name="y">The result.</param>
    /// <param name="yStrides">Its strides.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or not below the size.</exception>
    public static void Gather<T>(
        in Dims shape, int size, int step, ReadOnlySpan<long> indices, in Dims indexStrides, ReadOnlySpan<T> x, in Dims xStrides, Span<T> y,
        in Dims yStrides)
        where T : unmanaged
    {
        if (IndexedRows.Are(shape, indexStrides, xStrides, yStrides))
        {
            IndexedRows.Gather(shape, size, step, indices, indexStrides[0], x, y, yStrides[0]);
            return;
        }
        for (Odometer at = new(shape, indexStrides, xStrides, yStrides); at.HasRow; at.Next())
        {
            if (at.StepA == 0 && at.StepB == 1 && at.StepC == 1)
            {
                x.Slice(at.B + (Checked(indices[at.A], size) * step), at.Length).CopyTo(y.Slice(at.C, at.Length));
                continue;
            }
            for (int i = 0; i < at.Length; i++)
                y[at.C + (i * at.StepC)] = x[at.B + (i * at.StepB) + (Checked(indices[at.A + (i * at.StepA)], size) * step)];
        }
    }

    /// <summary>y[i with the indexed axis at indices[i]] = x[i]; where several meet, the last in row-major order stays.</summary>
    /// <param name="shape">The sizes of the indices and of x.</param>
    /// <param name="size">The size of the indexed axis of y.</param>
    /// <param name="step">The stride of y along the indexed axis.</param>
    /// <param name="indices">Places along the axis.</param>
    /// <param name="indexStrides">Strides of the indices.</param>
    /// <param name="x">The values.</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="y">The array that is written into.</param>
    /// <param name="yStrides">Its strides, 0 along the indexed axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or not below the size.</exception>
    public static void Scatter<T>(
        in Dims shape, int size, int step, ReadOnlySpan<long> indices, in Dims indexStrides, ReadOnlySpan<T> x, in Dims xStrides, Span<T> y,
        in Dims yStrides)
        where T : unmanaged
    {
        for (Odometer at = new(shape, indexStrides, xStrides, yStrides); at.HasRow; at.Next())
        {
            for (int i = 0; i < at.Length; i++)
                y[at.C + (i * at.StepC) + (Checked(indices[at.A + (i * at.StepA)], size) * step)] = x[at.B + (i * at.StepB)];
        }
    }

    /// <summary>y[i with the indexed axis at indices[i]] += x[i], one after the other in row-major order.</summary>
    /// <inheritdoc cref="Scatter{T}" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or not below the size.</exception>
    public static void ScatterAdd<T>(
        in Dims shape, int size, int step, ReadOnlySpan<long> indices, in Dims indexStrides, ReadOnlySpan<T> x, in Dims xStrides, Span<T> y,
        in Dims yStrides)
        where T : unmanaged, INumber<T>
    {
        if (IndexedRows.Are(shape, indexStrides, xStrides, yStrides))
        {
            IndexedRows.Add(shape, size, step, indices, indexStrides[0], x, xStrides[0], y);
            return;
        }
        if (typeof(T) == typeof(float) && shape.Span.ContainsAnyInRange(ManyMeet, int.MaxValue))
        {
            AddWide(shape, size, step, indices, indexStrides, MemoryMarshal.Cast<T, float>(x), xStrides, MemoryMarshal.Cast<T, float>(y),
                yStrides);
            return;
        }
        for (Odometer at = new(shape, indexStrides, xStrides, yStrides); at.HasRow; at.Next())
        {
            if (at.StepA == 0 && at.StepB == 1 && at.StepC == 1)
            {
                Span<T> row = y.Slice(at.C + (Checked(indices[at.A], size) * step), at.Length);
                Add(row, x.Slice(at.B, at.Length));
                continue;
            }
            for (int i = 0; i < at.Length; i++)
                y[at.C + (i * at.StepC) + (Checked(indices[at.A + (i * at.StepA)], size) * step)] += x[at.B + (i * at.StepB)];
        }
    }

    /// <summary>The same where so many numbers may meet in one place that float would lose digits: they are added up as doubles.</summary>
    private static unsafe void AddWide(
        in Dims shape, int size, int step, ReadOnlySpan<long> indices, in Dims indexStrides, ReadOnlySpan<float> x, in Dims xStrides,
        Span<float> y, in Dims yStrides)
    {
        Span<double> sums = new(Scratch.Get<double>(ScratchUse.IndexedTotals, y.Length), y.Length);
        for (int i = 0; i < sums.Length; i++) sums[i] = y[i];
        for (Odometer at = new(shape, indexStrides, xStrides, yStrides); at.HasRow; at.Next())
        {
            for (int i = 0; i < at.Length; i++)
                sums[at.C + (i * at.StepC) + (Checked(indices[at.A + (i * at.StepA)], size) * step)] += x[at.B + (i * at.StepB)];
        }
        for (int i = 0; i < sums.Length; i++) y[i] = (float)sums[i];
    }

    /// <summary>to += what</summary>
    internal static void Add<T>(Span<T> to, ReadOnlySpan<T> what) where T : unmanaged, INumber<T>
    {
        int i = 0;
        for (; i <= to.Length - Vector<T>.Count; i += Vector<T>.Count) (new Vector<T>(to[i..]) + new Vector<T>(what[i..])).CopyTo(to[i..]);
        for (; i < to.Length; i++) to[i] += what[i];
    }

    /// <summary>An index that lies on the axis.</summary>
    internal static int Checked(long index, int size)
    {
        if ((ulong)index >= (ulong)size)
            throw new ArgumentOutOfRangeException(nameof(index),
                $"The index {index} was given for an axis of size {size}; {PlacesText.Of("indices go from", size)}.");
        return (int)index;
    }
}
