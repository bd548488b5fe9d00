using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Normalizes rows: a few at a time, so that they are in the cache for all three visits and their sums are joined together.
/// </summary>
internal unsafe struct RowNormForward<T>(RowGrid grid, T* x, T* gamma, T* beta, double epsilon, T* y, T* mean, T* inverse) : IItems<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        int length = grid.RowLength, together = Math.Clamp(RowNorm.NearNumbers / length, 1, LineSums<T>.Most);
        for (int row = from; row < to; row += together)
        {
            int end = Math.Min(to, row + together);
            Moments<V>(row, end, length);
            for (int r = row; r < end; r++) Write<V>(r, length);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Moments<V>(int from, int to, int length) where V : struct, ILane<V, T>
    {
        LineSums<T> sums = new(Scratch.Get<T>(ScratchUse.NormLines, LineSums<T>.WorkLength));
        T* first = stackalloc T[LineSums<T>.Most];
        T* second = stackalloc T[LineSums<T>.Most];
        V zero = V.Of(0), one = V.Of(1), count = V.Of((double)length), eps = V.Of(epsilon);
        for (int row = from; row < to; row++)
            sums.Add<LineTotal, V>(row - from, x + ((long)row * length), null, null, length, zero, zero);
        sums.Join<V>(first);
        for (int i = 0; i < LineSums<T>.Most; i += V.Count) V.Store(first + i, V.Load(first + i) / count);
        for (int row = from; row < to; row++) mean[row] = first[row - from];
        for (int row = from; row < to; row++)
            sums.Add<LineDeviations, V>(row - from, x + ((long)row * length), null, null, length, V.Broadcast(mean + row), zero);
        sums.Join<V>(first, second);
        for (int i = 0; i < LineSums<T>.Most; i += V.Count)
        {
            V drift = V.Load(first + i), variance = V.Max((V.Load(second + i) - (drift * drift / count)) / count, zero);
            V.Store(second + i, one / V.Sqrt(variance + eps));
            // What the deviations from the mean add up to is what rounding has left of it.
            V.Store(first + i, drift / count);
        }
        for (int row = from; row < to; row++)
        {
            inverse[row] = second[row - from];
            W1<T>.Store(mean + row, W1<T>.Load(mean + row) + W1<T>.Load(first + (row - from)));
            if (FarMoments.AreNeeded(W1<T>.Load(inverse + row)))
                FarMoments.Run(x + ((long)row * length), 1, length, length, epsilon, mean + row, null, inverse + row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Write<V>(int row, int length) where V : struct, ILane<V, T>
    {
        long start = (long)row * length;
        T* from = x + start, to = y + start;
        if (gamma == null)
        {
            Plain<V>(from, to, row, length);
            return;
        }
        int channel = row % grid.Groups * grid.Channels;
        if (grid.RunLength == 1)
        {
            Scaled<V>(from, to, gamma + channel, beta + channel, row, length);
            return;
        }
        for (int c = channel; c < channel + grid.Channels; c++, from += grid.RunLength, to += grid.RunLength)
        {
            if (grid.RunLength >= V.Count) Channel<V>(from, to, c, row);
            else Channel<W1<T>>(from, to, c, row);
        }
    }

    // In each of the three, the last register overlaps the one before it where registers do not divide the numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Plain<V>(T* from, T* to, int row, int length) where V : struct, ILane<V, T>
    {
        if (length < V.Count)
        {
            Plain<W1<T>>(from, to, row, length);
            return;
        }
        V m = V.Broadcast(mean + row), scale = V.Broadcast(inverse + row);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count) V.Store(to + i, (V.Load(from + i) - m) * scale);
        if (i < length) V.Store(to + length - V.Count, (V.Load(from + length - V.Count) - m) * scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Scaled<V>(T* from, T* to, T* g, T* b, int row, int length) where V : struct, ILane<V, T>
    {
        if (length < V.Count)
        {
            Scaled<W1<T>>(from, to, g, b, row, length);
            return;
        }
        V m = V.Broadcast(mean + row), scale = V.Broadcast(inverse + row);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count) V.Store(to + i, V.Fma((V.Load(from + i) - m) * scale, V.Load(g + i), V.Load(b + i)));
        if (i == length) return;
        i = length - V.Count;
        V.Store(to + i, V.Fma((V.Load(from + i) - m) * scale, V.Load(g + i), V.Load(b + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Channel<V>(T* from, T* to, int channel, int row) where V : struct, ILane<V, T>
    {
        V m = V.Broadcast(mean + row), scale = V.Broadcast(inverse + row);
        V g = V.Broadcast(gamma + channel), b = V.Broadcast(beta + channel);
        int i = 0, length = grid.RunLength;
        for (; i <= length - V.Count; i += V.Count) V.Store(to + i, V.Fma((V.Load(from + i) - m) * scale, g, b));
        if (i == length) return;
        i = length - V.Count;
        V.Store(to + i, V.Fma((V.Load(from + i) - m) * scale, g, b));
    }
}
