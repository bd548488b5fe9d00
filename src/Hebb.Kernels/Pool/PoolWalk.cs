using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Over what the lanes of a pool run.</summary>
internal static class PoolLanes
{
    /// <summary>The length of the channel or batch axis, whichever lies side by side in source and target; 1 where neither does.</summary>
    public static int Count(in PoolShape s, in Dims from, in Dims to, out bool channels)
    {
        channels = s.C > 1 && from[1] == 1 && to[1] == 1;
        return channels ? s.C : from[0] == 1 && to[0] == 1 ? s.N : 1;
    }
}

/// <summary>
/// Visits the target pixels of a pool. Lanes run over the channels or over the batch, whichever lie side by side in source and target;
/// where neither does, pixels are done one by one. The lanes fill at least one register.
/// </summary>
internal unsafe struct PoolWalk<T, K> : IItems<T> where T : unmanaged where K : struct, IPoolKind
{
    private const int ChunkNumbers = 16384;

    private PoolShape _s;
    private PoolPlace<T> _place;
    private Dims _from, _to;
    private Axis _rows, _columns;
    private bool _backward;
    private int* _rowCounts, _columnCounts;
    private int _height, _width, _lanes, _images, _channels, _rowsEach;

    /// <summary>Computes all targets: outputs, or with <paramref name="backward"/> gradients of inputs.</summary>
    public static void Go(in PoolShape s, bool backward, bool countPadding, PoolPlace<T> place, in Dims from, in Dims to)
    {
        if (s.N == 0) return;
        var job = new PoolWalk<T, K>
        {
            _s = s,
            _place = place,
            _from = from,
            _to = to,
            _backward = backward,
            _height = backward ? s.H : s.OutH,
            _width = backward ? s.W : s.OutW,
            _images = s.N,
            _channels = s.C,
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
        job._lanes = PoolLanes.Count(s, from, to, out bool channels);
        if (channels) job._channels = 1;
        else if (job._lanes > 1) job._images = 1;
        job._rowsEach = (int)Math.Clamp(ChunkNumbers / ((long)job._width * job._lanes), 1, job._height);
        int chunks = checked(job._images * job._channels * ((job._height + job._rowsEach - 1) / job._rowsEach));
        Items.Run<PoolWalk<T, K>, T>(job, chunks, numbers: job._lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
    {
        int parts = (_height + _rowsEach - 1) / _rowsEach, firstRow = chunk % parts * _rowsEach;
        chunk /= parts;
        int channel = chunk % _channels, image = chunk / _channels, elements = _s.KernelH * _s.KernelW;
        int* memory = Scratch.Get<int>(ScratchUse.PoolChunk, 2L * elements);
        PoolPlace<T> origin = _place;
        origin.Offsets = memory;
        origin.Elements = memory + elements;
        origin.Divisors = Scratch.Get<T>(ScratchUse.PoolDivisors, elements);
        nint from = ((nint)image * _from[0]) + ((nint)channel * _from[1]), to = ((nint)image * _to[0]) + ((nint)channel * _to[1]);
        for (int r = 0; r < _rows.RunCount; r++)
        {
            AxisRun row = _rows.Runs[r];
            (int skip, int stop) = row.Within(firstRow, Math.Min(_height, firstRow + _rowsEach));
            for (int k = 0; k < _columns.RunCount && skip < stop; k++)
            {
                AxisRun column = _columns.Runs[k];
                Taps(ref origin, row, column);
                for (int q = skip; q < stop; q++)
                {
                    nint source = from + ((nint)(row.In + (q * row.InStep)) * _from[2]) + ((nint)column.In * _from[3]);
                    nint target = to + ((nint)(row.Out + (q * row.OutStep)) * _to[2]) + ((nint)column.Out * _to[3]);
                    Pixels<V>(origin, row, q, column, source, target);
                }
            }
        }
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
            if (typeof(K) == typeof(AverageKind) || typeof(K) == typeof(AverageGradientKind)) Divide(place, row, q, column, p);
            // The last register overlaps the one before where registers do not divide the lanes.
            for (int lane = 0; lane < _lanes; lane += V.Count)
            {
                int at = Math.Min(lane, _lanes - V.Count);
                K.Pixel<V, T>(place, source + at, target + at);
            }
            source += sourceStep;
            target += targetStep;
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
}
