namespace Hebb.Losses;

/// <summary>
/// l = max(z, 0) - z t + ln(1 + e^-|z|): the Bernoulli cross-entropy of the logistic function of z, which neither overflows nor loses
/// digits; by default the mean over all elements.
/// </summary>
public sealed class BceWithLogitsLoss : Loss
{
    /// <summary>How much more a missed yes costs than a missed no, for each output (it broadcasts with the outputs); null for 1.</summary>
    public Tensor? PositiveWeight { get; init; }

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        if (PositiveWeight is null) return output.BceWithLogits(target);
        return output.Softplus().Share(1 - target) + (-output).Softplus().Share(PositiveWeight.Cast(output.DType) * target);
    }
}
