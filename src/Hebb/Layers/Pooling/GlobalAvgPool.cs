namespace Hebb.Layers;

/// <summary>
/// The mean of each channel over all positions: sequences, images and volumes [N, C, ...] become [N, C]
/// (Lin, Chen and Yan, Network in Network, 2014).
/// </summary>
public sealed class GlobalAvgPool : Module
{
    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <summary>The mean of each channel over the steps that count, of sequences [N, C, T]; where none does, 0.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        if (x.Mask is null) return OnForward(x.Values);
        if (x.Values.Rank != 3)
            throw Misfit(x.Values, "sequences [N, C, T] where there is a mask; Permute their axes, or leave the mask out");
        Tensor steps = x.Counts(x.Values.DType).Sum([1], keepAxes: true);
        return x.Fill(0, axis: 2).Sum(2) / steps.Clip(1, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        int[] axes = [.. Enumerable.Range(2, Math.Max(0, x.Rank - 2))];
        if (axes.Length == 0 || axes.Any(axis => x.Shape[axis] == 0))
            throw Misfit(x, "[N, C, ...] with at least one position; give it a batch of sequences or images");
        return x.Mean(axes);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new GlobalAvgPool();
}
