using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Mean and squared deviations of every channel in one visit of memory: each part is summed, and once more about its own mean while it is
/// in the cache; parts are joined by Σ (x - μ)² = Σ over parts of Σ (x - μₚ)² + nₚ (μₚ - μ)² (Chan, Golub and LeVeque, 1983), in order.
/// </summary>
internal unsafe struct ChannelMoments<T> : IItems<T> where T : unmanaged
{
    private ChannelReduction<T>.Job<PlainSum, NoSource<T>> _sums;
    private ChannelReduction<T>.Job<Deviations, NoSource<T>> _deviations;
    private T* _means;

    /// <summary>
    /// The means μ, and the sums of x - μ and of (x - μ)² about them as they were rounded: the first corrects the second.
    /// </summary>
    public static void Run(in ChannelGrid grid, T* x, T* mean, T* drift, T* squares)
    {
        var job = new ChannelMoments<T>
        {
            _sums = Cut<PlainSum>(grid, x, ScratchUse.NormSums),
            _deviations = Cut<Deviations>(grid, x, ScratchUse.NormDeviations),
        };
        job._means = Scratch.Get<T>(ScratchUse.NormMeans, (long)job._sums.Parts * grid.Channels);
        Items.Run<ChannelMoments<T>, T>(job, job._sums.Chunks);
        int c = 0;
        for (; c <= grid.Channels - W256<T>.Count; c += W256<T>.Count) job.Join<W256<T>>(c, mean, drift, squares);
        for (; c < grid.Channels; c++) job.Join<W1<T>>(c, mean, drift, squares);
    }

    private static ChannelReduction<T>.Job<TSums, NoSource<T>> Cut<TSums>(in ChannelGrid grid, T* x, ScratchUse use)
        where TSums : struct, IChannelSums =>
        ChannelReduction<T>.Cut<TSums, NoSource<T>>(grid, x, default, null, null, use, ChannelReduction<T>.LongPart);

    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
    {
        int part = _sums.Part(chunk, out int from, out int to), channels = _sums.Grid.Channels;
        _sums.Run<V>(chunk, end);
        T* sums = _sums.Sums + ((long)part * channels), means = _means + ((long)part * channels);
        W1<T> count = W1<T>.Of((double)_sums.Count(part));
        for (int c = from; c < to; c++) W1<T>.Store(means + c, W1<T>.Load(sums + c) / count);
        ChannelReduction<T>.Job<Deviations, NoSource<T>> deviations = _deviations;
        deviations.Mean = means;
        deviations.Run<V>(chunk, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Join<V>(int c, T* mean, T* drift, T* squares) where V : struct, ILane<V, T>
    {
        int channels = _sums.Grid.Channels, parts = _sums.Parts;
        V sum = V.Of(0), drifts = sum, square = sum;
        for (int part = 0; part < parts; part++) sum += V.Load(_sums.Sums + ((long)part * channels) + c);
        V middle = sum / V.Of((double)_sums.Grid.Count);
        for (int part = 0; part < parts; part++)
        {
            long at = ((long)part * channels) + c;
            V count = V.Of((double)_sums.Count(part)), own = V.Load(_deviations.Sums + at),
                apart = V.Load(_means + at) - middle + (own / count);
            drifts += count * apart;
            square += V.Load(_deviations.Seconds + at) - (own * own / count) + (count * apart * apart);
        }
        V.Store(mean + c, middle);
        V.Store(drift + c, drifts);
        V.Store(squares + c, square);
    }
}
