namespace Hebb.Data;

/// <summary>Every sample once, first to last: for evaluation.</summary>
/// <param name="count">The number of samples.</param>
public sealed class SequentialSampler(int count) : ISampler
{
    /// <inheritdoc/>
    public int Count { get; } = Argument.AtLeast(count, 0);

    /// <inheritdoc/>
    public void Fill(int epoch, Span<int> order)
    {
        Argument.Room(order, Count);
        for (int i = 0; i < order.Length; i++) order[i] = i;
    }
}
