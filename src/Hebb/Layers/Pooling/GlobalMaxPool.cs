namespace Hebb.Layers;

/// <summary>
/// The largest number of each channel over all positions: sequences, images and volumes [N, C, ...] become [N, C] (Lin, Chen and Yan,
/// Network in Network, 2014).
/// </summary>
public sealed class GlobalMaxPool : Module
{
    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <summary>The largest number of each channel over the steps that count, of sequences [N, C, T]; where none does, 0.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        if (x.Mask is null) return OnForward(x.Values);
        if (x.Values.Rank != 3)
            throw Misfit(x.Values, "sequences [N, C, T] where there is a mask; Permute their axes, or leave the mask out");
        Tensor isThere = x.Counts(x.Values.DType).Max([1], keepAxes: true) > 0;
        return Tensor.Where(isThere, x.Fill(double.NegativeInfinity, axis: 2).Max(2), 0);
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        int[] axes = [.. Enumerable.Range(2, Math.Max(0, x.Rank - 2))];
        if (axes.Length == 0 || axes.Any(axis => x.Shape[axis] == 0))
            throw Misfit(x, "[N, C, ...] with at least one position; give it a batch of sequences or images");
        return x.Max(axes);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new GlobalMaxPool();
}
