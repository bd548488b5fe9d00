namespace Hebb.Kernels;

/// <summary>Batches of sequences that have lengths.</summary>
internal static class Sequences
{
    /// <summary>y[n, t] = x[n, L - 1 - t] for the L steps of sequence n, and x[n, t] beyond them; each step is some numbers.</summary>
    /// <exception cref="ArgumentException">A length is not in 0..steps, or a span is too short.</exception>
    public static void Reverse<T>(int rows, int steps, int numbers, ReadOnlySpan<long> lengths, ReadOnlySpan<T> x, Span<T> y)
    {
        long count = (long)rows * steps * numbers;
        if (lengths.Length < rows || x.Length < count || y.Length < count)
            throw new ArgumentException($"{rows} sequences of {steps} steps got spans of {lengths.Length}, {x.Length} and {y.Length}.");
        for (int row = 0; row < rows; row++)
        {
            int length = CheckLength(lengths[row], row, steps);
            for (int t = 0; t < steps; t++)
            {
                int from = (row * steps + (t < length ? length - 1 - t : t)) * numbers, to = (row * steps + t) * numbers;
                x.Slice(from, numbers).CopyTo(y.Slice(to, numbers));
            }
        }
    }

    /// <summary>y[n, t] = whether t &lt; L of sequence n.</summary>
    /// <exception cref="ArgumentException">A length is not in 0..steps, or the span is too short.</exception>
    public static void Mask(int steps, ReadOnlySpan<long> lengths, Span<bool> y)
    {
        if (y.Length < (long)lengths.Length * steps)
            throw new ArgumentException($"A mask of {lengths.Length} sequences of {steps} steps got a span of {y.Length}.");
        for (int row = 0; row < lengths.Length; row++)
        {
            int length = CheckLength(lengths[row], row, steps);
            Span<bool> mask = y.Slice(row * steps, steps);
            mask[..length].Fill(true);
            mask[length..].Clear();
        }
    }

    /// <summary>The length of a sequence, which must be one.</summary>
    /// <exception cref="ArgumentException">It is not in 0..steps.</exception>
    public static int CheckLength(long length, int row, int steps) => length >= 0 && length <= steps
        ? (int)length
        : throw new ArgumentException($"Sequence {row} has length {length}; it must be from 0 to {steps}, the steps there are.");
}
