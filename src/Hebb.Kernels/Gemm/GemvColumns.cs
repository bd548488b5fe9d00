using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// y = xᵀ·M where the rows of M are contiguous: y collects the rows of M times the numbers of x, eight rows at a time, in the order of k
/// and in the blocks of k of every matrix product, so that the result has the same bits as a row of a larger product.
/// </summary>
internal unsafe struct GemvColumns<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    private const int Together = 8;

    public int Columns, K, ColumnsPerChunk;
    public T* M;
    public nint Row;
    public T* X;
    public T* Y;

    public readonly void Run(int chunk)
    {
        int first = chunk * ColumnsPerChunk, columns = Math.Min(ColumnsPerChunk, Columns - first);
        int block = GemmRules.KBlock(K), k = 0;
        T* y = Y + first;
        T* sums = y;
        do
        {
            new Span<T>(sums, columns).Clear();
            int p = k, end = Math.Min(K, k + block);
            for (; p <= end - Together; p += Together) Add<N8>(columns, p, M + first + p * Row, sums);
            for (; p < end; p++) Add<N1>(columns, p, M + first + p * Row, sums);
            if (k > 0) ShortRow<T>.Add(columns, sums, y);
            else if (block < K) sums = Scratch.Get<T>(ScratchUse.GemmLeft, columns);
            k += block;
        }
        while (k < K);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Add<R>(int columns, int p, T* m, T* sums) where R : struct, ICount
    {
        int j = 0;
        for (; j <= columns - V.Count; j += V.Count) Add<V, R>(X + p, m + j, Row, sums + j);
        for (; j < columns; j++) Add<W1<T>, R>(X + p, m + j, Row, sums + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<U, R>(T* x, T* m, nint row, T* sums) where U : struct, ILane<U, T> where R : struct, ICount
    {
        U s = U.Fma(U.Broadcast(x), U.Load(m), U.Load(sums));
        if (R.Value == Together)
        {
            s = U.Fma(U.Broadcast(x + 1), U.Load(m + row), s);
            s = U.Fma(U.Broadcast(x + 2), U.Load(m + 2 * row), s);
            s = U.Fma(U.Broadcast(x + 3), U.Load(m + 3 * row), s);
            m += 4 * row;
            s = U.Fma(U.Broadcast(x + 4), U.Load(m), s);
            s = U.Fma(U.Broadcast(x + 5), U.Load(m + row), s);
            s = U.Fma(U.Broadcast(x + 6), U.Load(m + 2 * row), s);
            s = U.Fma(U.Broadcast(x + 7), U.Load(m + 3 * row), s);
        }
        U.Store(sums, s);
    }
}
