using System.Numerics;

namespace Hebb.Kernels;

/// <summary>
/// Where along an axis the largest or smallest element is: the first of equals. A NaN counts as more extreme than any number.
/// </summary>
internal static class Extremes
{
    /// <summary>y[i] = the place of the largest of the elements x[i, 0], x[i, step], ...</summary>
    /// <param name="shape">The sizes of y: those of x without the axis.</param>
    /// <param name="size">The size of the axis, at least 1.</param>
    /// <param name="step">The stride of x along the axis.</param>
    /// <param name="x">The elements.</param>
    /// <param name="xStrides">The strides of x along its other axes.</param>
    /// <param name="y">The places, row-major.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is empty.</exception>
    public static void ArgMax<T>(in Dims shape, int size, int step, ReadOnlySpan<T> x, in Dims xStrides, Span<long> y)
        where T : unmanaged, INumber<T> =>
        Places<T, Larger<T>>(shape, size, step, x, xStrides, y);

    /// <summary>y[i] = the place of the smallest of the elements x[i, 0], x[i, step], ...</summary>
    /// <inheritdoc cref="ArgMax{T}" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">The axis is empty.</exception>
    public static void ArgMin<T>(in Dims shape, int size, int step, ReadOnlySpan<T> x, in Dims xStrides, Span<long> y)
        where T : unmanaged, INumber<T> =>
        Places<T, Smaller<T>>(shape, size, step, x, xStrides, y);

    private static void Places<T, TOrder>(in Dims shape, int size, int step, ReadOnlySpan<T> x, in Dims xStrides, Span<long> y)
        where T : unmanaged, INumber<T> where TOrder : struct, IOrder<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Dims none = Dims.Repeat(0, shape.Rank);
        int place = 0;
        for (Odometer at = new(shape, xStrides, none, none); at.HasRow; at.Next())
        {
            for (int i = 0; i < at.Length; i++) y[place++] = First<T, TOrder>(x[(at.A + (i * at.StepA))..], size, step);
        }
    }

    private static int First<T, TOrder>(ReadOnlySpan<T> line, int size, int step)
        where T : unmanaged, INumber<T> where TOrder : struct, IOrder<T>
    {
        if (step == 1 && size >= 4 * Vector<T>.Count) return FirstInVectors<T, TOrder>(line[..size]);
        int first = 0;
        T best = line[0];
        for (int i = 1; i < size && !T.IsNaN(best); i++)
        {
            T value = line[i * step];
            if (!TOrder.Beats(value, best) && !T.IsNaN(value)) continue;
            best = value;
            first = i;
        }
        return first;
    }

    /// <summary>As <see cref="First"/>: finds the extreme first, then the first element that equals it, each by whole vectors.</summary>
    private static int FirstInVectors<T, TOrder>(ReadOnlySpan<T> line) where T : unmanaged, INumber<T> where TOrder : struct, IOrder<T>
    {
        Vector<T> extreme = new(line);
        bool hasNaN = false;
        for (int i = 0; i < line.Length; i += Vector<T>.Count)
        {
            Vector<T> v = new(line[Math.Min(i, line.Length - Vector<T>.Count)..]);
            extreme = TOrder.Of(extreme, v);
            hasNaN |= !Vector.EqualsAll(v, v);
        }
        T best = extreme[0];
        for (int i = 1; i < Vector<T>.Count; i++) best = TOrder.Beats(extreme[i], best) ? extreme[i] : best;
        int at = 0;
        for (Vector<T> wanted = new(best); at < line.Length - Vector<T>.Count; at += Vector<T>.Count)
        {
            Vector<T> v = new(line[at..]);
            if (hasNaN ? !Vector.EqualsAll(v, v) : Vector.EqualsAny(v, wanted)) break;
        }
        while (hasNaN ? !T.IsNaN(line[at]) : line[at] != best) at++;
        return at;
    }

    private interface IOrder<T>
    {
        static abstract bool Beats(T a, T b);

        static abstract Vector<T> Of(Vector<T> a, Vector<T> b);
    }

    private readonly struct Larger<T> : IOrder<T> where T : INumber<T>
    {
        public static bool Beats(T a, T b) => a > b;

        public static Vector<T> Of(Vector<T> a, Vector<T> b) => Vector.Max(a, b);
    }

    private readonly struct Smaller<T> : IOrder<T> where T : INumber<T>
    {
        public static bool Beats(T a, T b) => a < b;

        public static Vector<T> Of(Vector<T> a, Vector<T> b) => Vector.Min(a, b);
    }
}
