using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Visits the target pixels of a pool. Lanes run over the channels, the batch or the columns, whichever lie side by side in source and
/// target; where none does, pixels are done one by one. Lanes of channels and of images fill at least one register.
/// </summary>
internal unsafe struct PoolWalk<T, K> : IItems<T> where T : unmanaged where K : struct, IPoolKind
{
    private PoolShape _s;
    private PoolPlace<T> _place;
    private Dims _from, _to;
    private Axis _rows, _columns;
    private bool _backward;
    private int* _rowCounts, _columnCounts;
    private PoolCut _cut;
    private int _height, _width;

    /// <summary>Computes all targets: outputs, or with <paramref name="backward"/> gradients of inputs.</summary>
    public static void Go(in PoolShape s, bool backward, bool countPadding, PoolPlace<T> place, in Dims from, in Dims to)
    {
        if (s.IsEmpty) return;
        var job = new PoolWalk<T, K>
        {
            _s = s,
            _place = place,
            _from = from,
            _to = to,
            _backward = backward,
            _height = backward ? s.H : s.OutH,
            _width = backward ? s.W : s.OutW,
        };
        int* memory = Scratch.Get<int>(
            ScratchUse.PoolAxes,
            Axis.Words(job._height, s.KernelH, s.StrideH) + Axis.Words(job._width, s.KernelW, s.StrideW) + s.OutH + s.OutW);
        if (backward)
        {
            job._rows = Axis.Backward(ref memory, s.OutH, s.H, s.KernelH, s.StrideH, s.PadH, s.DilationH);
            job._columns = Axis.Backward(ref memory, s.OutW, s.W, s.KernelW, s.StrideW, s.PadW, s.DilationW);
        }
        else
        {
            job._rows = Axis.Forward(ref memory, s.H, s.OutH, s.KernelH, s.StrideH, s.PadH, s.DilationH);
            job._columns = Axis.Forward(ref memory, s.W, s.OutW, s.KernelW, s.StrideW, s.PadW, s.DilationW);
        }
        job._rowCounts = memory;
        job._columnCounts = memory + s.OutH;
        Count(job._rowCounts, s.OutH, s.H, s.KernelH, s.StrideH, s.PadH, s.DilationH, countPadding);
        Count(job._columnCounts, s.OutW, s.W, s.KernelW, s.StrideW, s.PadW, s.DilationW, countPadding);
        job._cut = new PoolCut(s, from, to, job._height, job._width);
        Items.Run<PoolWalk<T, K>, T>(job, job._cut.Chunks, numbers: job._cut.Numbers(job._width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
    {
        (int firstPlane, int firstRow) = _cut.First(chunk);
        int lastRow = Math.Min(_height, firstRow + _cut.RowsEach), lastPlane = Math.Min(_cut.Planes, firstPlane + _cut.PlanesEach);
        int elements = _s.KernelH * _s.KernelW;
        int* memory = Scratch.Get<int>(ScratchUse.PoolChunk, 2L * elements);
        PoolPlace<T> place = _place;
        place.Offsets = memory;
        place.Elements = memory + elements;
        place.Divisors = Scratch.Get<T>(ScratchUse.PoolDivisors, ((long)elements * V.Count) + _s.OutW);
        T* counts = place.Divisors + ((nint)elements * V.Count);
        if (IsAverage) for (int o = 0; o < _s.OutW; o++) W1<T>.Store(counts + o, W1<T>.Of((double)_columnCounts[o]));
        for (int r = 0; r < _rows.RunCount; r++)
        {
            AxisRun row = _rows.Runs[r];
            (int skip, int stop) = row.Within(firstRow, lastRow);
            for (int k = 0; k < _columns.RunCount && skip < stop; k++)
            {
                AxisRun column = _columns.Runs[k];
                Taps(ref place, row, column);
                for (int plane = firstPlane; plane < lastPlane; plane++)
                {
                    int image = Math.DivRem(plane, _cut.Channels, out int channel);
                    nint from = ((nint)image * _from[0]) + ((nint)channel * _from[1]);
                    nint to = ((nint)image * _to[0]) + ((nint)channel * _to[1]);
                    for (int q = skip; q < stop; q++)
                    {
                        nint source = from + ((nint)(row.In + (q * row.InStep)) * _from[2]) + ((nint)column.In * _from[3]);
                        nint target = to + ((nint)(row.Out + (q * row.OutStep)) * _to[2]) + ((nint)column.Out * _to[3]);
                        if (_cut.Axis == PoolAxis.Columns)
                        {
                            var pixels = new ColumnPixels(in this, ref place, row, q, column, source, target, counts);
                            Lanes.Run<ColumnPixels, T>(ref pixels, column.Count);
                        }
                        else Pixels<V>(place, row, q, column, source, target);
                    }
                }
            }
        }
    }

    private static bool IsAverage
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(K) == typeof(AverageKind) || typeof(K) == typeof(AverageGradientKind);
    }

    private readonly void Taps(ref PoolPlace<T> place, in AxisRun row, in AxisRun column)
    {
        place.Taps = 0;
        for (int u = row.FirstTap; u < row.FirstTap + row.Taps; u++)
        {
            for (int v = column.FirstTap; v < column.FirstTap + column.Taps; v++)
            {
                place.Offsets[place.Taps] = ((_rows.Delta[u] - _rows.Delta[row.FirstTap]) * _from[2])
                    + ((_columns.Delta[v] - _columns.Delta[column.FirstTap]) * _from[3]);
                place.Elements[place.Taps++] = (_rows.Element[u] * _s.KernelW) + _columns.Element[v];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pixels<V>(in PoolPlace<T> place, in AxisRun row, int q, in AxisRun column, nint source, nint target)
        where V : struct, ILane<V, T>
    {
        nint sourceStep = (nint)column.InStep * _from[3], targetStep = (nint)column.OutStep * _to[3];
        for (int p = 0; p < column.Count; p++)
        {
            if (IsAverage) Divide(place, row, q, column, p);
            // The last register overlaps the one before where registers do not divide the lanes.
            for (int lane = 0; lane < _cut.Lanes; lane += V.Count)
            {
                int at = Math.Min(lane, _cut.Lanes - V.Count);
                K.Pixel<V, T, PixelLanes>(place, source + at, target + at);
            }
            source += sourceStep;
            target += targetStep;
        }
    }

    /// <summary>
    /// Pixels of a row, as many at once as a register has lanes; the last register overlaps the one before where they do not fit evenly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Columns<V>(ref PoolPlace<T> place, in AxisRun row, int q, in AxisRun column, nint source, nint target, T* counts)
        where V : struct, ILane<V, T>
    {
        place.FromStep = column.InStep;
        place.ToStep = column.OutStep;
        for (int p = 0; p < column.Count; p += V.Count)
        {
            int at = Math.Min(p, column.Count - V.Count), first = column.Out + (at * column.OutStep);
            place.ToBeside = first > 0 ? -1 : first + (V.Count * column.OutStep) <= _width ? 1 : 0;
            if (IsAverage) DivideColumns<V>(place, row, q, column, at, counts);
            K.Pixel<V, T, ColumnLanes>(place, source + ((nint)at * column.InStep), target + ((nint)at * column.OutStep));
        }
    }

    // As Divide, for each lane: the counts are small whole numbers, so their products are exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void DivideColumns<V>(in PoolPlace<T> place, in AxisRun row, int q, in AxisRun column, int p, T* counts)
        where V : struct, ILane<V, T>
    {
        if (!_backward)
        {
            V.Store(place.Divisors, V.Of((double)_rowCounts[row.Out + q]) * V.Load(counts + column.Out + p));
            return;
        }
        int tap = 0;
        for (int u = 0; u < row.Taps; u++)
        {
            V rows = V.Of((double)_rowCounts[row.In + (q * row.InStep) + _rows.Delta[row.FirstTap + u] - _rows.Delta[row.FirstTap]]);
            for (int v = 0; v < column.Taps; v++, tap++)
            {
                int x = column.In + p + _columns.Delta[column.FirstTap + v] - _columns.Delta[column.FirstTap];
                V.Store(place.Divisors + (tap * V.Count), rows * V.Load(counts + x));
            }
        }
    }

    // How many elements each window counts: of an output's own, or of each output that an input was seen by.
    private readonly void Divide(in PoolPlace<T> place, in AxisRun row, int q, in AxisRun column, int p)
    {
        if (!_backward)
        {
            W1<T>.Store(place.Divisors, W1<T>.Of((double)_rowCounts[row.Out + q] * _columnCounts[column.Out + p]));
            return;
        }
        int tap = 0;
        for (int u = 0; u < row.Taps; u++)
        {
            int rows = _rowCounts[row.In + (q * row.InStep) + _rows.Delta[row.FirstTap + u] - _rows.Delta[row.FirstTap]];
            for (int v = 0; v < column.Taps; v++)
            {
                int x = column.In + (p * column.InStep) + _columns.Delta[column.FirstTap + v] - _columns.Delta[column.FirstTap];
                W1<T>.Store(place.Divisors + tap++, W1<T>.Of((double)rows * _columnCounts[x]));
            }
        }
    }

    // How many elements of each window lie inside the image, or inside it and its padding.
    private static void Count(int* counts, int outs, int size, int kernel, int stride, int pad, int dilation, bool padding)
    {
        for (int o = 0; o < outs; o++)
        {
            long start = ((long)o * stride) - pad;
            counts[o] = padding ? Below(size + pad - start) : Below(size - start) - Below(-start);
        }

        int Below(long room) => (int)Math.Clamp((room + dilation - 1) / dilation, 0, kernel);
    }

    /// <summary>Pixels of a row, in the widest lanes that they fill.</summary>
    private readonly ref struct ColumnPixels(
        ref readonly PoolWalk<T, K> walk, ref PoolPlace<T> place, in AxisRun row, int q, in AxisRun column, nint source, nint target,
        T* counts)
        : IWidthBody<T>
    {
        private readonly ref readonly PoolWalk<T, K> _walk = ref walk;
        private readonly ref PoolPlace<T> _place = ref place;
        private readonly ref readonly AxisRun _row = ref row;
        private readonly ref readonly AxisRun _column = ref column;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ILane<V, T> => _walk.Columns<V>(ref _place, _row, q, _column, source, target, counts);
    }
}
