using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Sums over axes and along them.</summary>
internal static class NaiveReductions
{
    public static void AddTo(KernelTable table)
    {
        table.Add<Sum>((op, x, y) => Add(x[0], y[0], x[0].Shape, op.Axes));
        table.Add<SumTo>((op, x, y) => Add(x[0], y[0], op.Target, []));
        table.Add<ChannelSum>((_, x, y) => Add(x[0], y[0], x[0].Shape, Enumerable.Range(0, x[0].Shape.Rank).Where(axis => axis != 1)));
        table.Add<CumulativeSum>((op, x, y) =>
        {
            (int[] starts, int size, int step) = Places.Lines(x[0].Shape, op.Axis);
            foreach (int start in starts)
            {
                for (int i = 0, before = -1; i < size; i++)
                {
                    int at = start + (op.IsReverse ? size - 1 - i : i) * step;
                    if (y[0].IsWhole) y[0].Whole[at] = x[0].Whole[at] + (before < 0 ? 0 : y[0].Whole[before]);
                    else y[0].Real[at] = x[0].Real[at] + (before < 0 ? 0 : y[0].Real[before]);
                    before = at;
                }
            }
        });
    }

    /// <summary>
    /// Adds each element of x to the element of y that would be broadcast to it if y had a shape with size 1 along some axes.
    /// </summary>
    private static void Add(Numbers x, Numbers y, Shape kept, IEnumerable<int> gone)
    {
        foreach (int axis in gone) kept = kept.With(axis, 1);
        int[] places = Places.Stretched(kept, x.Shape);
        for (int i = 0; i < places.Length; i++)
        {
            if (y.IsWhole) y.Whole[places[i]] += x.Whole[i];
            else y.Real[places[i]] += x.Real[i];
        }
    }
}
