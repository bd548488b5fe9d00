namespace Hebb.Data;

/// <summary>How a <see cref="DataLoader"/> forms batches.</summary>
public sealed record DataLoaderOptions
{
    /// <summary>Whether each epoch visits the samples in a new order. Default: first to last.</summary>
    public bool IsShuffled { get; init; }

    /// <summary>
    /// With the epoch's number it chooses the order where <see cref="IsShuffled"/> is set,
    /// and what <see cref="Augmentations"/> draw. Default: 0.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>Another order of the samples; then <see cref="IsShuffled"/> must not be set. Default: none.</summary>
    public ISampler? Sampler { get; init; }

    /// <summary>
    /// Random changes of the inputs, made anew in every epoch, one after the other, by the threads that prepare batches;
    /// not for tokens. Default: none.
    /// </summary>
    public IReadOnlyList<IAugmentation> Augmentations { get; init; } = [];

    /// <summary>
    /// Lengths, rising, up to one of which a batch's samples of unequal lengths are padded: few lengths mean few recordings of a compiled
    /// step. What is longer than the last is padded to the longest sample of the batch, as all is by default.
    /// </summary>
    public IReadOnlyList<int> BucketLengths { get; init; } = [];

    /// <summary>Whether a last batch that is not full is left out. Default: it is kept.</summary>
    public bool DropsLast { get; init; }

    /// <summary>
    /// How many batches are prepared on other threads while one is in use; 0 prepares each when it is asked for. The batches and their
    /// order do not depend on it. Default: 2.
    /// </summary>
    public int Ahead { get; init; } = 2;

    /// <summary>The element type of fields that are measurements: Float32 (the default) or Float64.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(DataLoaderOptions), PrintMembers);
}
