using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradient of max pooling whose windows lie side by side without gaps, padding or dilation: window by window, each input is written
/// once, with the gradient where it won and 0 elsewhere. Lanes run as in <see cref="PoolWalk{T, K}"/>.
/// </summary>
internal unsafe struct MaxScatter<T> : IItems<T> where T : unmanaged
{
    private const int ChunkNumbers = 16384;

    private PoolShape _s;
    private T* _dy, _winners, _dx;
    private Dims _from, _to;
    private int _outH, _outW, _lanes, _images, _channels, _rowsEach, _rowParts;

    /// <summary>Whether windows lie so.</summary>
    public static bool Suits(in PoolShape s) =>
        s.StrideH == s.KernelH && s.StrideW == s.KernelW && s.PadH == 0 && s.PadW == 0 && s.DilationH == 1 && s.DilationW == 1
        && s.OutH <= s.H / s.KernelH && s.OutW <= s.W / s.KernelW;

    /// <summary>Writes all gradients of inputs.</summary>
    public static void Go(in PoolShape s, in PoolPlace<T> place, in Dims from, in Dims to)
    {
        if (s.N == 0) return;
        var job = new MaxScatter<T>
        {
            _s = s,
            _dy = place.From,
            _winners = place.FromWinners,
            _dx = place.To,
            _from = from,
            _to = to,
            _outH = s.OutH,
            _outW = s.OutW,
            _lanes = PoolLanes.Count(s, from, to, out bool channels),
            _images = s.N,
            _channels = s.C,
        };
        if (channels) job._channels = 1;
        else if (job._lanes > 1) job._images = 1;
        job._rowsEach = (int)Math.Clamp(ChunkNumbers / ((long)s.W * s.KernelH * job._lanes), 1, job._outH);
        job._rowParts = (job._outH + job._rowsEach - 1) / job._rowsEach;
        Items.Run<MaxScatter<T>, T>(job, checked(job._images * job._channels * job._rowParts), numbers: job._lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
    {
        int part = chunk % _rowParts, first = part * _rowsEach, last = Math.Min(_outH, first + _rowsEach);
        chunk /= _rowParts;
        int channel = chunk % _channels, image = chunk / _channels, elements = _s.KernelH * _s.KernelW;
        T* numbers = Scratch.Get<T>(ScratchUse.PoolNumbers, elements);
        for (int e = 0; e < elements; e++) W1<T>.Store(numbers + e, W1<T>.Of((double)e));
        nint from = ((nint)image * _from[0]) + ((nint)channel * _from[1]);
        T* dx = _dx + ((nint)image * _to[0]) + ((nint)channel * _to[1]);
        for (int row = first; row < last; row++)
        {
            nint at = from + ((nint)row * _from[2]);
            for (int u = 0; u < _s.KernelH; u++)
            {
                Row<V>(_dy + at, _winners + at, dx + (((nint)row * _s.KernelH) + u) * _to[2], numbers + (u * _s.KernelW));
                Zeros(dx, (row * _s.KernelH) + u, _outW * _s.KernelW);
            }
        }
        if (last < _outH) return;
        for (int row = last * _s.KernelH; row < _s.H; row++) Zeros(dx, row, 0);
    }

    // A row of inputs, from a row of windows: written in the order of memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Row<V>(T* dy, T* winners, T* dx, T* numbers) where V : struct, ILane<V, T>
    {
        V zero = V.Of(0);
        for (int column = 0; column < _outW; column++, dy += _from[3], winners += _from[3])
        {
            for (int v = 0; v < _s.KernelW; v++, dx += _to[3])
            {
                V number = V.Broadcast(numbers + v);
                // The last register overlaps the one before where registers do not divide the lanes.
                for (int lane = 0; lane < _lanes; lane += V.Count)
                {
                    int at = Math.Min(lane, _lanes - V.Count);
                    V.Store(dx + at, zero + (V.Load(dy + at) & V.Equal(V.Load(winners + at), number)));
                }
            }
        }
    }

    // The columns of a row that no window covers.
    private readonly void Zeros(T* dx, int row, int column)
    {
        T* to = dx + ((nint)row * _to[2]) + ((nint)column * _to[3]);
        for (; column < _s.W; column++, to += _to[3]) new Span<T>(to, _lanes).Clear();
    }
}
