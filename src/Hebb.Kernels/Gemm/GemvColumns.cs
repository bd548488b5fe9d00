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
        int block = GemmRules.KBlock<T>(K), k = 0;
        T* y = Y + first;
        T* sums = y;
        do
        {
            new Span<T>(sums, columns).Clear();
            int p = k, end = Math.Min(K, k + block);
            for (; p <= end - Together; p += Together) AddEight(columns, X + p, M + first + p * Row, Row, sums);
            for (; p < end; p++) AddOne<V>(columns, X + p, M + first + p * Row, sums);
            if (k > 0) ShortRow<T>.Add(columns, sums, y);
            else if (block < K) sums = Scratch.Get<T>(ScratchUse.GemmLeft, columns);
            k += block;
        }
        while (k < K);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEight(int columns, T* x, T* m, nint row, T* sums)
    {
        V x0 = V.Broadcast(x), x1 = V.Broadcast(x + 1), x2 = V.Broadcast(x + 2), x3 = V.Broadcast(x + 3);
        V x4 = V.Broadcast(x + 4), x5 = V.Broadcast(x + 5), x6 = V.Broadcast(x + 6), x7 = V.Broadcast(x + 7);
        int whole = columns - columns % V.Count;
        for (T* end = m + whole; m < end; m += V.Count, sums += V.Count)
        {
            V s = V.Fma(x0, V.Load(m), V.Load(sums));
            s = V.Fma(x1, V.Load(m + row), s);
            s = V.Fma(x2, V.Load(m + 2 * row), s);
            s = V.Fma(x3, V.Load(m + 3 * row), s);
            T* h = m + 4 * row;
            s = V.Fma(x4, V.Load(h), s);
            s = V.Fma(x5, V.Load(h + row), s);
            s = V.Fma(x6, V.Load(h + 2 * row), s);
            s = V.Fma(x7, V.Load(h + 3 * row), s);
            V.Store(sums, s);
        }
        for (int p = 0; p < Together && whole < columns; p++, m += row) AddOne<W1<T>>(columns - whole, x + p, m, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne<U>(int columns, T* x, T* m, T* sums) where U : struct, ILane<U, T>
    {
        U s = U.Broadcast(x);
        int j = 0;
        for (; j <= columns - U.Count; j += U.Count) U.Store(sums + j, U.Fma(s, U.Load(m + j), U.Load(sums + j)));
        if (j < columns) AddOne<W1<T>>(columns - j, x, m + j, sums + j);
    }
}
