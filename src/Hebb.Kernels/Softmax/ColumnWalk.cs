using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// What softmax and its relatives do with one column: the numbers of one axis, all other indices fixed.
/// The arrays are [outer, axis, inner]; column c is (c / inner, c modulo inner). Operands that a body does not have are null.
/// </summary>
internal unsafe interface IColumnBody<T> where T : unmanaged
{
    /// <summary>
    /// Does as many columns as a register has lanes, each in its own lane and along the axis in order. Neighbors along the axis are
    /// <paramref name="step"/> apart; only the first <paramref name="count"/> columns, from number <paramref name="column"/> on, exist.
    /// </summary>
    void Columns<V>(T* a, T* b, T* y, nint step, int column, int count) where V : struct, ILane<V, T>;

    /// <summary>
    /// Does one column that is contiguous and longer than <see cref="ColumnWalk{TBody, T}.Short"/>, lanes along the axis.
    /// </summary>
    void Row<V>(T* a, T* b, T* y, int column) where V : struct, ILane<V, T>;
}

/// <summary>
/// Takes a body over all columns. Columns that lie side by side are done in place, a register of them at once; short columns that do not
/// are transposed through a tile; long contiguous ones are rows. Which, is a function of the sizes alone, and each column is summed in an
/// order that depends on its length alone.
/// </summary>
internal unsafe struct ColumnWalk<TBody, T>(TBody body, T* a, T* b, T* y, int axis, int inner) : IItems<T>
    where TBody : struct, IColumnBody<T> where T : unmanaged
{
    /// <summary>Up to this length columns are summed in order, one in each lane.</summary>
    public const int Short = 128;

    /// <summary>Does all columns.</summary>
    public static void Run(in TBody body, T* a, T* b, T* y, int outer, int axis, int inner)
    {
        if (axis == 0) return;
        int columns = outer * inner;
        var walk = new ColumnWalk<TBody, T>(body, a, b, y, axis, inner);
        // Whole registers of the widest lanes, so that only the last chunk has a rest.
        int each = inner == 1 && axis > Short ? Math.Max(1, Items.Chunk / axis) : Math.Max(1, Items.Chunk / 16 / axis) * 16;
        Items.Run<ColumnWalk<TBody, T>, T>(walk, columns, each);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        if (inner == 1 && axis > Short)
        {
            for (int row = from; row < to; row++)
            {
                long start = (long)row * axis;
                body.Row<V>(At(a, start), At(b, start), At(y, start), row);
            }

            return;
        }

        while (from < to)
        {
            int i = from % inner, side = Math.Min(inner - i, to - from);
            long start = ((long)(from / inner) * axis * inner) + i;
            if (side >= V.Count)
            {
                for (int k = 0; k <= side - V.Count; k += V.Count, start += V.Count, from += V.Count)
                    body.Columns<V>(At(a, start), At(b, start), At(y, start), inner, from, V.Count);
            }
            else if (axis > Short)
            {
                for (int k = 0; k < side; k++, start++, from++)
                    body.Columns<W1<T>>(At(a, start), At(b, start), At(y, start), inner, from, 1);
            }
            else
            {
                int count = Math.Min(V.Count, to - from);
                Transposed<V>(from, count);
                from += count;
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transposed<V>(int column, int count) where V : struct, ILane<V, T>
    {
        T* tileA = stackalloc T[Short * V.Count];
        T* tileB = stackalloc T[Short * V.Count];
        T* tileY = stackalloc T[Short * V.Count];
        if (a != null) Gather<V>(a, tileA, column, count);
        if (b != null) Gather<V>(b, tileB, column, count);
        body.Columns<V>(a == null ? null : tileA, b == null ? null : tileB, y == null ? null : tileY, V.Count, column, count);
        if (y == null) return;
        if (inner == 1)
        {
            Transposition.Run(tileY, V.Count, y + Start(column), axis, count, axis);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            T* to = y + Start(column + k), tile = tileY + k;
            for (int i = 0; i < axis; i++, to += inner, tile += V.Count) *to = *tile;
        }
    }

    /// <summary>Lanes without a column are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather<V>(T* array, T* tile, int column, int count) where V : struct, ILane<V, T>
    {
        if (count < V.Count) new Span<T>(tile, axis * V.Count).Clear();
        if (inner == 1)
        {
            Transposition.Run(array + Start(column), axis, tile, V.Count, axis, count);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            T* from = array + Start(column + k), to = tile + k;
            for (int i = 0; i < axis; i++, from += inner, to += V.Count) *to = *from;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly long Start(int column) => ((long)(column / inner) * axis * inner) + (column % inner);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* At(T* array, long start) => array == null ? null : array + start;
}
