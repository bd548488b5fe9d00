using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// y = M·x where the rows of M are contiguous: dot products over 16 float or 8 double virtual lanes, lane l taking the steps p ≡ l, each
/// lane a chain of fused multiply-adds, the lanes added in a fixed tree of halves.
/// </summary>
internal unsafe struct GemvDots<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    private const int Together = 8;

    public int Rows, K, RowsPerChunk;
    public T* M;
    public nint Row;
    public T* X;
    public T* Y;

    public readonly void Run(int chunk)
    {
        int first = chunk * RowsPerChunk, end = Math.Min(Rows, first + RowsPerChunk), i = first;
        for (; i <= end - Together; i += Together) Dots<N8>(M + i * Row, Y + i);
        for (; i < end; i++) Dots<N1>(M + i * Row, Y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private readonly void Dots<R>(T* m, T* y) where R : struct, ICount
    {
        int lanes = 64 / sizeof(T), whole = K - K % lanes;
        nint row = Row;
        T* sums = stackalloc T[2 * Together * lanes];
        for (int lane = 0; lane < lanes; lane += V.Count)
        {
            V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (nint p = lane; p < whole; p += lanes)
            {
                V x = V.Load(X + p);
                T* at = m + p;
                s0 = V.Fma(V.Load(at), x, s0);
                if (R.Value == 1) continue;
                s1 = V.Fma(V.Load(at + row), x, s1);
                s2 = V.Fma(V.Load(at + 2 * row), x, s2);
                s3 = V.Fma(V.Load(at + 3 * row), x, s3);
                at += 4 * row;
                s4 = V.Fma(V.Load(at), x, s4);
                s5 = V.Fma(V.Load(at + row), x, s5);
                s6 = V.Fma(V.Load(at + 2 * row), x, s6);
                s7 = V.Fma(V.Load(at + 3 * row), x, s7);
            }
            T* to = sums + lane;
            V.Store(to, s0);
            if (R.Value == 1) continue;
            V.Store(to + lanes, s1);
            V.Store(to + 2 * lanes, s2);
            V.Store(to + 3 * lanes, s3);
            V.Store(to + 4 * lanes, s4);
            V.Store(to + 5 * lanes, s5);
            V.Store(to + 6 * lanes, s6);
            V.Store(to + 7 * lanes, s7);
        }
        for (int p = whole; p < K; p++)
            for (int i = 0; i < R.Value; i++)
            {
                T* sum = sums + i * lanes + (p - whole);
                W1<T>.Store(sum, W1<T>.Fma(W1<T>.Load(m + i * row + p), W1<T>.Load(X + p), W1<T>.Load(sum)));
            }
        // Turned round, so that lanes are added for all rows at once.
        T* turned = sums;
        if (R.Value > 1) Transposition.Run(sums, lanes, turned = sums + Together * lanes, R.Value, lanes, R.Value);
        for (int half = lanes / 2 * R.Value; half >= R.Value; half /= 2) ShortRow<T>.Add(half, turned + half, turned);
        ShortRow<T>.Copy(R.Value, turned, y);
    }
}
