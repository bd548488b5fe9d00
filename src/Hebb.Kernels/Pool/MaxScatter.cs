using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradient of max pooling whose windows lie side by side without gaps, padding or dilation: window by window, each input is written
/// once, with f of the gradient where it won and of 0 elsewhere. Lanes run as in <see cref="PoolWalk{T, K}"/>.
/// </summary>
internal unsafe struct MaxScatter<T, F> : IItems<T> where T : unmanaged where F : struct, IBinaryLane
{
    private PoolShape _s;
    private T* _dy, _winners, _dx, _other;
    private F _f;
    private Dims _from, _to;
    private PoolCut _cut;
    private int _outH, _outW;

    /// <summary>Writes f of all gradients of inputs and of the other numbers, which lie as they do.</summary>
    public static void Go(in PoolShape s, in PoolPlace<T> place, in Dims from, in Dims to, F f, T* other)
    {
        if (s.IsEmpty) return;
        var job = new MaxScatter<T, F>
        {
            _s = s,
            _dy = place.From,
            _winners = place.FromWinners,
            _dx = place.To,
            _other = other,
            _f = f,
            _from = from,
            _to = to,
            _outH = s.OutH,
            _outW = s.OutW,
            // A window is as many numbers as it has elements.
            _cut = new PoolCut(s, from, to, s.OutH, s.W * s.KernelH),
        };
        Items.Run<MaxScatter<T, F>, T>(job, job._cut.Chunks, numbers: job._cut.Numbers(s.OutW));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
    {
        (int firstPlane, int first) = _cut.First(chunk);
        int last = Math.Min(_outH, first + _cut.RowsEach), lastPlane = Math.Min(_cut.Planes, firstPlane + _cut.PlanesEach);
        int elements = _s.KernelH * _s.KernelW;
        T* numbers = Scratch.Get<T>(ScratchUse.PoolNumbers, elements);
        for (int e = 0; e < elements; e++) W1<T>.Store(numbers + e, W1<T>.Of((double)e));
        for (int plane = firstPlane; plane < lastPlane; plane++)
        {
            int image = Math.DivRem(plane, _cut.Channels, out int channel);
            nint from = ((nint)image * _from[0]) + ((nint)channel * _from[1]);
            T* dx = _dx + ((nint)image * _to[0]) + ((nint)channel * _to[1]);
            for (int row = first; row < last; row++)
            {
                nint at = from + ((nint)row * _from[2]);
                for (int u = 0; u < _s.KernelH; u++)
                {
                    T* to = dx + ((((nint)row * _s.KernelH) + u) * _to[2]), window = numbers + (u * _s.KernelW);
                    if (_cut.Axis == PoolAxis.Columns) Columns<V>(_dy + at, _winners + at, to, window);
                    else Row<V>(_dy + at, _winners + at, to, window);
                    Zeros<V>(dx, (row * _s.KernelH) + u, _outW * _s.KernelW);
                }
            }
            if (last < _outH) continue;
            for (int row = last * _s.KernelH; row < _s.H; row++) Zeros<V>(dx, row, 0);
        }
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
                for (int lane = 0; lane < _cut.Lanes; lane += V.Count)
                {
                    int at = Math.Min(lane, _cut.Lanes - V.Count);
                    V.Store(dx + at, _f.Lane(zero + (V.Load(dy + at) & V.Equal(V.Load(winners + at), number)), V.Load(OtherAt(dx + at))));
                }
            }
        }
    }

    // A row of inputs with lanes over windows; the last register overlaps the one before where they do not fit evenly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Columns<V>(T* dy, T* winners, T* dx, T* numbers) where V : struct, ILane<V, T>
    {
        V zero = V.Of(0);
        for (int column = 0; column < _outW; column += V.Count)
        {
            int at = Math.Min(column, _outW - V.Count);
            V gradient = V.Load(dy + at), winner = V.Load(winners + at);
            T* to = dx + ((nint)at * _s.KernelW);
            if (_s.KernelW == 2)
            {
                V even = gradient & V.Equal(winner, V.Broadcast(numbers)), odd = gradient & V.Equal(winner, V.Broadcast(numbers + 1));
                T* other = OtherAt(to);
                V.StoreInterleaved(to, _f.Lane(zero + even, V.LoadEven(other)), _f.Lane(zero + odd, V.LoadEven(other + 1)));
                continue;
            }
            for (int v = 0; v < _s.KernelW; v++)
            {
                V won = zero + (gradient & V.Equal(winner, V.Broadcast(numbers + v)));
                ColumnLanes.Scatter(to + v, _f.Lane(won, ColumnLanes.Load<V, T>(OtherAt(to + v), _s.KernelW)), _s.KernelW);
            }
        }
    }

    // The columns of a row that no window covers.
    private readonly void Zeros<V>(T* dx, int row, int column) where V : struct, ILane<V, T>
    {
        T* to = dx + ((nint)row * _to[2]) + ((nint)column * _to[3]);
        for (; column < _s.W; column++, to += _to[3])
        {
            new Span<T>(to, _cut.Lanes).Clear();
            Activation<V, T, F>.Apply(to, OtherAt(to), _cut.Lanes, _f);
        }
    }

    // The gradient itself where there are no others: f does not look at them then.
    private readonly T* OtherAt(T* dx) => _other == null ? dx : _other + (dx - _dx);
}
