using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Ops that read, write and order at places along an axis.</summary>
internal static class NaiveIndexing
{
    public static void AddTo(KernelTable table)
    {
        table.Add<Gather>((op, x, y) =>
        {
            int[] places = Indexed(x[0].Shape, op.Axis, x[1]);
            for (int i = 0; i < places.Length; i++) y[0].Set(i, x[0], places[i]);
        });
        table.Add<Scatter>((op, x, y) =>
        {
            for (int i = 0; i < y[0].Count; i++) y[0].Set(i, x[0], i);
            int[] places = Indexed(y[0].Shape, op.Axis, x[1]);
            for (int i = 0; i < places.Length; i++) y[0].Set(places[i], x[2], i);
        });
        table.Add<ScatterSum>((op, x, y) =>
        {
            int[] places = Indexed(y[0].Shape, op.Axis, x[1]);
            for (int i = 0; i < places.Length; i++)
            {
                if (y[0].IsWhole) y[0].Whole[places[i]] += x[0].Whole[i];
                else y[0].Real[places[i]] += x[0].Real[i];
            }
        });
        table.Add<ArgSort>((op, x, y) =>
        {
            (int[] starts, int size, int step) = Places.Lines(x[0].Shape, op.Axis);
            foreach (int start in starts)
            {
                // The sort of LINQ is stable in both directions.
                IEnumerable<int> all = Enumerable.Range(0, size);
                Comparer<int> order = Comparer<int>.Create((i, j) => Compare(x[0], start + i * step, start + j * step));
                int[] sorted = [.. op.IsDescending ? all.OrderByDescending(i => i, order) : all.OrderBy(i => i, order)];
                for (int k = 0; k < size; k++) y[0].Whole[start + k * step] = sorted[k];
            }
        });
        table.Add<ArgMax>((op, x, y) => Extremes(x[0], op.Axis, y[0], isLargest: true));
        table.Add<ArgMin>((op, x, y) => Extremes(x[0], op.Axis, y[0], isLargest: false));
    }

    /// <summary>
    /// For each index the place in a row-major array of the element that is at the index with its position along the axis replaced.
    /// </summary>
    private static int[] Indexed(Shape shape, int axis, Numbers index)
    {
        axis = shape.Axis(axis);
        int[] strides = Places.RowMajor(shape);
        int step = strides[axis];
        strides[axis] = 0;
        int[] places = Places.Of(index.Shape, strides);
        for (int i = 0; i < places.Length; i++)
        {
            long at = index.Whole[i];
            if (at < 0 || at >= shape[axis])
                throw new ArgumentOutOfRangeException(nameof(index), $"The index {at} was given for an axis of size {shape[axis]}.");
            places[i] += (int)at * step;
        }
        return places;
    }

    private static void Extremes(Numbers x, int axis, Numbers y, bool isLargest)
    {
        (int[] starts, int size, int step) = Places.Lines(x.Shape, axis);
        for (int line = 0; line < starts.Length; line++)
        {
            int best = 0;
            for (int i = 1; i < size; i++)
            {
                int a = starts[line] + i * step, b = starts[line] + best * step;
                bool isNaN = !x.IsWhole && double.IsNaN(x.Real[a]), hasNaN = !x.IsWhole && double.IsNaN(x.Real[b]);
                if (!hasNaN && (isNaN || (isLargest ? Compare(x, a, b) > 0 : Compare(x, a, b) < 0))) best = i;
            }
            y.Whole[line] = best;
        }
    }

    /// <summary>NaN is the largest; -0 equals 0.</summary>
    private static int Compare(Numbers x, int i, int j)
    {
        if (x.IsWhole) return x.Whole[i].CompareTo(x.Whole[j]);
        (double a, double b) = (x.Real[i], x.Real[j]);
        return double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a < b ? -1 : a > b ? 1 : 0;
    }
}
