namespace Hebb.Data;

/// <summary>
/// Every sample once, in batches of samples of similar lengths, so that little is padded: the shuffled samples are sorted by length within
/// pools of some batches, and the batches are visited in a random order. The order is a function of seed and epoch alone.
/// </summary>
public sealed class LengthBucketSampler : ISampler
{
    private const ulong BatchOrder = 1UL << 31; // beside the epochs' own orders

    private readonly int[] _lengths;
    private readonly int _batchSize, _pool;
    private readonly ulong _seed;

    /// <summary>An order for some lengths.</summary>
    /// <param name="lengths">The length of each sample.</param>
    /// <param name="batchSize">Samples in a batch, as the loader has it.</param>
    /// <param name="seed">With the epoch's number it chooses the order.</param>
    /// <param name="poolBatches">
    /// How many batches' samples are sorted together: more mean less padding and less chance; 50 by default.
    /// </param>
    public LengthBucketSampler(ReadOnlySpan<int> lengths, int batchSize, ulong seed, int poolBatches = 50)
    {
        Argument.AtLeast(batchSize, 1);
        Argument.AtLeast(poolBatches, 1);
        foreach (int length in lengths) Argument.AtLeast(length, 0, nameof(lengths));
        (_lengths, _batchSize, _pool, _seed) =
            (lengths.ToArray(), batchSize, (int)Math.Min((long)batchSize * poolBatches, Array.MaxLength), seed);
    }

    /// <inheritdoc/>
    public int Count => _lengths.Length;

    /// <summary>An order for a data set with a field of varying length.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples in a batch, as the loader has it.</param>
    /// <param name="seed">With the epoch's number it chooses the order.</param>
    /// <param name="field">The field whose lengths count; the first that varies by default.</param>
    /// <exception cref="ArgumentException">No such field varies in length.</exception>
    public static LengthBucketSampler Of(IDataset data, int batchSize, ulong seed, string? field = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Field varying = data.Fields.FirstOrDefault(one => one.VaryingAxis is not null && (field is null || one.Name == field))
            ?? throw new ArgumentException(
                $"Samples were to be sorted by the length of {field ?? "a field"}, "
                + $"but none such varies among {string.Join(", ", data.Fields)}.", nameof(field));
        return new LengthBucketSampler(
            [.. Enumerable.Range(0, data.Count).Select(sample => data.Length(sample, varying))], batchSize, seed);
    }

    /// <inheritdoc/>
    public void Fill(int epoch, Span<int> order)
    {
        new ShuffledSampler(Count, _seed).Fill(epoch, order);
        for (long start = 0; start < order.Length; start += _pool)
        {
            Span<int> pool = order[(int)start..(int)Math.Min(start + _pool, order.Length)];
            int[] shuffled = pool.ToArray();
            shuffled.OrderBy(sample => _lengths[sample]).ToArray().CopyTo(pool); // equal lengths stay in their random order
        }
        int[] sorted = order.ToArray(), batches = new int[order.Length / _batchSize];
        Kernels.Philox.Permutation(_seed, RngStreams.Shuffle, RandomStream.Start((ulong)epoch | BatchOrder), batches);
        for (int i = 0; i < batches.Length; i++) sorted.AsSpan(batches[i] * _batchSize, _batchSize).CopyTo(order[(i * _batchSize)..]);
    }
}
