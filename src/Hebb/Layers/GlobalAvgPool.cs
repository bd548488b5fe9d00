namespace Hebb.Layers;

/// <summary>The mean of each channel over all positions: sequences, images and volumes [N, C, ...] become [N, C] (Lin, Chen and Yan, Network in Network, 2014).</summary>
public sealed class GlobalAvgPool : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank < 3 || x.Count == 0) throw Misfit(x, "[N, C, ...] with at least one position; give it a batch of sequences or images");
        int[] axes = [.. Enumerable.Range(2, x.Rank - 2)];
        return x.Mean(axes);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new GlobalAvgPool();
}
