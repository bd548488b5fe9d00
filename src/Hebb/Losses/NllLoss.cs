namespace Hebb.Losses;

/// <summary>
/// l = -log pᵢ for log-probabilities [N, C, ...] and the index i of each sample's class: the negative log-likelihood, to stand after a
/// log-softmax; by default the mean over samples.
/// </summary>
public sealed class NllLoss : ClassLoss
{
    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireClasses(output, target);
        Tensor chosen = output.Gather(1, Indices(output, target).Unsqueeze(1)).Squeeze(1);
        return OfIndices(Tensor.Where(IsIgnored(target), 0, -chosen), target);
    }
}
