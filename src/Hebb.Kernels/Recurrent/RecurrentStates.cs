namespace Hebb.Kernels;

/// <summary>
/// States of all sequences and directions in the order of a pass. Rows lie a cache line more than their numbers apart: rows a multiple of
/// 4096 bytes apart would share the sets of the first-level cache.
/// </summary>
internal readonly unsafe struct RecurrentStates<T>(T* data, int rows, int numbers) where T : unmanaged
{
    /// <summary>Numbers from one row to the next.</summary>
    public int Row => numbers + 64 / sizeof(T);

    /// <summary>Numbers of the states of a number of directions.</summary>
    public static long Length(int directions, int rows, int numbers) => (long)directions * rows * (numbers + 64 / sizeof(T));

    /// <summary>The state of a row.</summary>
    public T* At(int direction, int row) => data + ((long)direction * rows + row) * Row;

    /// <summary>Takes states [D, N, H] of the batch; zeros for null.</summary>
    public void Take(T* from, int directions, in SequenceOrder order)
    {
        for (int d = 0; d < directions; d++)
            for (int row = 0; row < rows; row++)
            {
                var to = new Span<T>(At(d, row), numbers);
                if (from == null) to.Clear();
                else new ReadOnlySpan<T>(from + ((long)d * rows + order[row]) * numbers, numbers).CopyTo(to);
            }
    }
}
