using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Ops that move elements, or convert them.</summary>
internal static class NaiveMoves
{
    public static void AddTo(KernelTable table)
    {
        table.Add<Clone>((_, x, y) => Put(x[0], y[0], Places.RowMajor(y[0].Shape), 0));
        table.Add<Cast>((op, x, y) => Convert(x[0], y[0], op.To));
        table.Add<Concat>((op, x, y) =>
        {
            int[] strides = Places.RowMajor(y[0].Shape);
            int axis = y[0].Shape.Axis(op.Axis), start = 0;
            foreach (Numbers part in x)
            {
                Put(part, y[0], strides, start);
                start += part.Shape[axis] * strides[axis];
            }
        });
        table.Add<LengthMask>((op, x, y) =>
        {
            for (int i = 0; i < y[0].Count; i++) y[0].Real[i] = i % op.Steps < x[0].Whole[i / op.Steps] ? 1 : 0;
        });
        table.Add<ReverseSteps>((_, x, y) =>
        {
            (Shape shape, int[] strides) = (y[0].Shape, Places.RowMajor(y[0].Shape));
            for (int row = 0; row < shape[0]; row++)
                for (int t = 0; t < shape[1]; t++)
                    for (int i = 0; i < strides[1]; i++)
                    {
                        long length = x[1].Whole[row], from = t < length ? length - 1 - t : t;
                        y[0].Set(row * strides[0] + t * strides[1] + i, x[0], row * strides[0] + (int)from * strides[1] + i);
                    }
        });
        table.Add<Flip>((op, x, y) =>
        {
            int[] strides = Places.RowMajor(y[0].Shape);
            int start = 0;
            foreach (int axis in op.Axes)
            {
                start += (y[0].Shape[axis] - 1) * strides[axis];
                strides[axis] = -strides[axis];
            }
            Put(x[0], y[0], strides, start);
        });
        table.Add<Pad>((op, x, y) =>
        {
            y[0].Fill(op.Value);
            int[] strides = Places.RowMajor(y[0].Shape);
            Put(x[0], y[0], strides, strides.Select((stride, axis) => op.Before[axis] * stride).Sum());
        });
        table.Add<TakeSliceGrad>((op, x, y) =>
        {
            int[] strides = Places.RowMajor(y[0].Shape);
            int start = strides.Select((stride, axis) => op.Starts[axis] * stride).Sum();
            Put(x[0], y[0], [.. strides.Select((stride, axis) => op.Steps[axis] * stride)], start);
        });
        table.Add<DiagonalGrad>((op, x, y) =>
        {
            int[] strides = Places.RowMajor(y[0].Shape);
            int a = y[0].Shape.Axis(op.A), b = y[0].Shape.Axis(op.B);
            Put(x[0], y[0], [.. strides.Where((_, axis) => axis != a && axis != b), strides[a] + strides[b]], 0);
        });
    }

    /// <summary>Writes x into y, where its element at an index has the place start + Σ index[axis] · strides[axis].</summary>
    private static void Put(Numbers x, Numbers y, int[] strides, int start)
    {
        int[] places = Places.Of(x.Shape, strides, start);
        for (int i = 0; i < x.Count; i++) y.Set(places[i], x, i);
    }

    private static void Convert(Numbers x, Numbers y, DType to)
    {
        for (int i = 0; i < y.Count; i++)
        {
            if (x.IsWhole && y.IsWhole) y.Whole[i] = x.Whole[i];
            else if (y.IsWhole) y.Whole[i] = (long)x.Real[i];
            else if (to == DType.Bool) y.Real[i] = (x.IsWhole ? x.Whole[i] == 0 : x.Real[i] == 0) ? 0 : 1;
            else y.Real[i] = !x.IsWhole ? x.Real[i] : to == DType.Float32 ? (float)x.Whole[i] : x.Whole[i];
        }
    }
}
