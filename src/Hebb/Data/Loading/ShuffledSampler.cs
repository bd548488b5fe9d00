using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>Every sample once, in an order that is new in each epoch.</summary>
/// <param name="count">The number of samples.</param>
/// <param name="seed">With the epoch's number it chooses the order.</param>
public sealed class ShuffledSampler(int count, ulong seed) : ISampler
{
    /// <inheritdoc/>
    public int Count { get; } = Argument.AtLeast(count, 0);

    /// <inheritdoc/>
    public void Fill(int epoch, Span<int> order)
    {
        Argument.Room(order, Count);
        Philox.Permutation(seed, RngStreams.Shuffle, RandomStream.Start((ulong)epoch), order);
    }
}
