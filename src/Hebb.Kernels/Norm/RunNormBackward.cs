using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of a normalization over rows of channels that are runs with one γ each: the sums over each run give the row's own, and
/// summed over the samples dγ and dβ.
/// </summary>
internal unsafe struct RunNormBackward<T> : IItems<T> where T : unmanaged
{
    private RowNormOperands<T> _at;
    private T* _dgamma, _dbeta;

    /// <summary>Writes dx, dγ and dβ.</summary>
    public static void Run(in RowNormOperands<T> operands, Span<T> dgamma, Span<T> dbeta)
    {
        RowGrid grid = operands.Grid;
        int runs = checked(grid.Rows * grid.Channels);
        RunNormBackward<T> body = new() { _at = operands, _dgamma = Scratch.Get<T>(ScratchUse.NormRows, 2L * runs) };
        body._dbeta = body._dgamma + runs;
        Items.Run<RunNormBackward<T>, T>(body, grid.Rows, RowNorm.Each(grid.RowLength));
        PartSums<T>.Run(body._dgamma, grid.Samples, grid.Parameters, dgamma);
        PartSums<T>.Run(body._dbeta, grid.Samples, grid.Parameters, dbeta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        int together = Math.Max(1, RowNorm.NearNumbers / _at.Grid.RowLength);
        for (int row = from; row < to; row += together)
        {
            int end = Math.Min(to, row + together);
            Sums<V>(row, end);
            for (int r = row; r < end; r++) Write<V>(r);
        }
    }

    /// <summary>Σ dy x̂ and Σ dy of each run of some rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sums<V>(int from, int to) where V : struct, ILane<V, T>
    {
        LineSums<T> sums = new(Scratch.Get<T>(ScratchUse.NormLines, LineSums<T>.WorkLength));
        T* first = stackalloc T[LineSums<T>.Most];
        T* second = stackalloc T[LineSums<T>.Most];
        int channels = _at.Grid.Channels, length = _at.Grid.RunLength, last = to * channels;
        for (int run = from * channels; run < last; run += LineSums<T>.Most)
        {
            int count = Math.Min(LineSums<T>.Most, last - run);
            for (int i = 0; i < count; i++)
            {
                int row = (run + i) / channels;
                nint start = (nint)(run + i) * length;
                V mean = V.Broadcast(_at.Mean + row), scale = V.Broadcast(_at.Inverse + row);
                sums.Add<LineGradients, V>(i, _at.X + start, _at.Dy + start, null, length, mean, scale);
            }
            sums.Join<V>(first, second);
            for (int i = 0; i < count; i++) (_dbeta[run + i], _dgamma[run + i]) = (first[i], second[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Write<V>(int row) where V : struct, ILane<V, T>
    {
        int channels = _at.Grid.Channels, length = _at.Grid.RunLength, run = row * channels;
        T* gamma = _at.Gamma + (row % _at.Grid.Groups * channels), scratch = stackalloc T[2];
        W1<T> mean = W1<T>.Of(0), slope = mean, count = W1<T>.Of((double)_at.Grid.RowLength);
        for (int c = 0; c < channels; c++)
        {
            mean = W1<T>.Fma(W1<T>.Load(gamma + c), W1<T>.Load(_dbeta + run + c), mean);
            slope = W1<T>.Fma(W1<T>.Load(gamma + c), W1<T>.Load(_dgamma + run + c), slope);
        }
        W1<T>.Store(scratch, mean / count);
        W1<T>.Store(scratch + 1, slope / count);
        for (int c = 0; c < channels; c++)
        {
            if (length >= V.Count) Channel<V>(row, run + c, gamma + c, scratch);
            else Channel<W1<T>>(row, run + c, gamma + c, scratch);
        }
    }

    // The last register overlaps the one before it where registers do not divide the run.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Channel<V>(int row, int run, T* gamma, T* sums) where V : struct, ILane<V, T>
    {
        int length = _at.Grid.RunLength;
        nint start = (nint)run * length;
        T* x = _at.X + start, dy = _at.Dy + start, dx = _at.Dx + start;
        V mean = V.Broadcast(_at.Mean + row), scale = V.Broadcast(_at.Inverse + row), g = V.Broadcast(gamma);
        V c = V.Broadcast(sums), slope = V.Broadcast(sums + 1);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count) V.Store(dx + i, Gradient(V.Load(x + i), V.Load(dy + i), mean, scale, g, c, slope));
        if (i == length) return;
        i = length - V.Count;
        V.Store(dx + i, Gradient(V.Load(x + i), V.Load(dy + i), mean, scale, g, c, slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gradient<V>(V x, V dy, V mean, V scale, V gamma, V c, V slope) where V : struct, ILane<V, T> =>
        scale * ((dy * gamma) - V.Fma((x - mean) * scale, slope, c));
}
