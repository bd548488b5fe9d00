namespace Hebb.Losses;

/// <summary>
/// l = -(t ln p + (1 - t) ln(1 - p)) for probabilities p and targets t in [0, 1], with logarithms held at -100 or above,
/// so that a certainty which is wrong costs 100 and not infinity; by default the mean over all elements.
/// From logits, <see cref="BceWithLogitsLoss"/> loses no digits.
/// </summary>
public sealed class BceLoss : Loss
{
    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        return output.BinaryCrossEntropy(target);
    }
}
