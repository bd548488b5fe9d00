namespace Hebb.Losses;

/// <summary>
/// l = -log pᵢ for log-probabilities [N, C, ...] and the index i of each sample's class: the negative log-likelihood, to stand after a log-softmax; by default
/// the mean over samples.
/// </summary>
public sealed class NllLoss : ClassLoss
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor output, Tensor target)
    {
        RequireIndices(output, target);
        return OfIndices(output, target, smoothing: 0);
    }
}
