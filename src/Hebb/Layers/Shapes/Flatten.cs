namespace Hebb.Layers;

/// <summary>Merges axes into one, in row-major order: by default all but the first, so that [N, C, H, W] becomes [N, C H W].</summary>
/// <param name="first">The first axis to merge; 1 by default.</param>
/// <param name="last">The last axis to merge; the last of all by default.</param>
public sealed class Flatten(int first = 1, int last = -1) : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank <= first) throw Misfit(x, $"at least {first + 1L} axes; give it a batch");
        return x.Flatten(first, last);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new Flatten(first, last);
}
