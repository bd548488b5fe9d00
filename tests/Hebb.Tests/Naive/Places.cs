namespace Hebb.Tests.Naive;

/// <summary>Where elements lie: for each index of a shape, in row-major order, a place in an array.</summary>
internal static class Places
{
    /// <summary>start + Σ index[axis] · strides[axis]</summary>
    public static int[] Of(Shape shape, ReadOnlySpan<int> strides, int start = 0)
    {
        int[] places = new int[shape.Count], index = new int[shape.Rank], sizes = shape.AsSpan().ToArray();
        int place = start;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = place;
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < sizes[axis]) break;
                place -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return places;
    }

    /// <summary>
    /// For each index of a shape the place of the element that a row-major operand of shape x, broadcast to it, has there.
    /// </summary>
    public static int[] Stretched(Shape x, Shape to)
    {
        if (x == to) return [.. Enumerable.Range(0, to.Count)];
        int[] own = RowMajor(x), strides = new int[to.Rank];
        for (int i = 1; i <= own.Length; i++) strides[^i] = x[-i] == 1 ? 0 : own[^i];
        return Of(to, strides);
    }

    /// <summary>The strides of an array without gaps, last axis innermost.</summary>
    public static int[] RowMajor(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        int step = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= shape[axis];
        }
        return strides;
    }

    /// <summary>
    /// The lines along an axis of a row-major array: where each begins, in row-major order of the other axes, how long they are and how far
    /// apart their elements.
    /// </summary>
    public static (int[] Starts, int Size, int Step) Lines(Shape shape, int axis)
    {
        axis = shape.Axis(axis);
        int[] strides = RowMajor(shape);
        return (Of(shape.With(axis, 1), strides), shape[axis], strides[axis]);
    }
}
