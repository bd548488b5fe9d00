namespace Hebb.Data;

/// <summary>How a <see cref="Loader"/> forms batches.</summary>
public sealed record LoaderOptions
{
    /// <summary>Samples in a batch, at least 1. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The order of the samples. Default, null: first to last.</summary>
    public ISampler? Sampler { get; init; }

    /// <summary>Whether a last batch that is not full is left out. Default: it is kept.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// How many batches are prepared on other threads while one is in use; 0 prepares each when it is asked for. The batches and their order
    /// do not depend on it. Default: 2.
    /// </summary>
    public int Ahead { get; init; } = 2;

    /// <summary>The element type of inputs and of numeric targets: Float32 (the default) or Float64.</summary>
    public DType DType { get; init; } = DType.Float32;
}
