namespace Hebb.Data;

/// <summary>Every sample once, first to last: for evaluation.</summary>
/// <param name="count">The number of samples.</param>
public sealed class SequentialSampler(int count) : ISampler
{
    /// <inheritdoc/>
    public int Count { get; } = count;

    /// <inheritdoc/>
    public void Fill(int epoch, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
    }
}
