using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Sums over the rows of a matrix, for each column: what parts of a normalization found, joined in order. Some rows are added up before
/// they join the total, which keeps long sums accurate.
/// </summary>
internal readonly unsafe struct PartSums<T>(T* rows, int count, int columns, T* sums) : IItems<T> where T : unmanaged
{
    /// <summary>Writes one sum for each of so many columns, whose rows follow each other without gaps.</summary>
    public static void Run(T* rows, int count, int columns, Span<T> sums)
    {
        fixed (T* to = sums)
            Items.Run<PartSums<T>, T>(new(rows, count, columns, to), columns, (Items.Chunk / count + 1) * VirtualLanes.Count<T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        int c = from;
        for (; c <= to - V.Count; c += V.Count) Column<V>(c);
        for (; c < to; c++) Column<W1<T>>(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Column<V>(int c) where V : struct, ILane<V, T>
    {
        V total = V.Of(0);
        T* at = rows + c;
        for (int row = 0; row < count;)
        {
            V sum = V.Of(0);
            for (int end = Math.Min(count, row + VirtualLanes.BlocksTogether); row < end; row++, at += columns) sum += V.Load(at);
            total += sum;
        }
        V.Store(sums + c, total);
    }
}
