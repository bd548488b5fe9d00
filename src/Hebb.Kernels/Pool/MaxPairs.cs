using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Max pooling of windows two columns wide that lie side by side, without winners, where columns lie side by side in memory: one loop
/// over rows of windows, with lanes over the windows of a row. It gives the same bits as <see cref="PoolWalk{T, K}"/>.
/// </summary>
internal unsafe struct MaxPairs<T> : IItems<T> where T : unmanaged
{
    private PoolShape _s;
    private T* _x, _y;
    private Dims _from, _to;
    private PoolCut _cut;
    private int _outH, _outW;

    /// <summary>Whether windows and memory lie so.</summary>
    public static bool Suits(in PoolShape s, in Dims from, in Dims to) =>
        s.KernelW == 2 && s.IsTiled && PoolCut.Choose(s, from, to) == PoolAxis.Columns;

    /// <summary>Writes all outputs.</summary>
    public static void Go(in PoolShape s, T* x, in Dims from, T* y, in Dims to)
    {
        if (s.IsEmpty) return;
        var job = new MaxPairs<T>
        {
            _s = s,
            _x = x,
            _y = y,
            _from = from,
            _to = to,
            _outH = s.OutH,
            _outW = s.OutW,
            _cut = new PoolCut(s, from, to, s.OutH, s.W * s.KernelH),
        };
        Items.Run<MaxPairs<T>, T>(job, job._cut.Chunks, numbers: job._outW);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
    {
        (int firstPlane, int first) = _cut.First(chunk);
        int rows = Math.Min(_outH - first, _cut.RowsEach), lastPlane = Math.Min(_cut.Planes, firstPlane + _cut.PlanesEach);
        for (int plane = firstPlane; plane < lastPlane; plane++)
        {
            int image = Math.DivRem(plane, _cut.Channels, out int channel);
            T* x = _x + ((nint)image * _from[0]) + ((nint)channel * _from[1]) + ((nint)first * _s.KernelH * _from[2]);
            Rows<V>(rows, x, _y + ((nint)image * _to[0]) + ((nint)channel * _to[1]) + ((nint)first * _to[2]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Rows<V>(int rows, T* x, T* y) where V : struct, ILane<V, T>
    {
        nint row = _from[2], outRow = _to[2];
        int outs = _outW, height = _s.KernelH;
        for (; rows > 0; rows--, x += height * row, y += outRow)
        {
            for (int column = 0; column < outs; column += V.Count)
            {
                // The last register overlaps the one before where windows do not fill it.
                int at = Math.Min(column, outs - V.Count);
                T* window = x + (2 * (nint)at);
                V best = V.Of(double.NegativeInfinity);
                for (int u = 0; u < height; u++, window += row)
                {
                    best = MaxKind.Larger(V.LoadEven(window), best);
                    best = MaxKind.Larger(V.LoadEven(window + 1), best);
                }
                V.Store(y + at, best);
            }
        }
    }
}
