namespace Hebb.Losses;

/// <summary>
/// l = max(z, 0) - z t + ln(1 + e^-|z|): the Bernoulli cross-entropy of the logistic function of z, which neither overflows nor loses
/// digits; by default the mean over all elements.
/// </summary>
public sealed class BceWithLogitsLoss : Loss
{
    /// <summary>
    /// How much more a missed yes costs than a missed no, for each output (it broadcasts with the outputs), not negative; null for 1.
    /// </summary>
    public Tensor? PositiveWeight { get; init => field = LossTerms.Weights(value, nameof(PositiveWeight)); }

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        if (PositiveWeight is null) return output.BceWithLogits(target);
        if (!Shape.TryBroadcast(PositiveWeight.Shape, output.Shape, out Shape both) || both != output.Shape)
            throw new ShapeException($"BceWithLogitsLoss has the positive weight {PositiveWeight.Spec} for an output {output.Spec}; "
                + "give one number for each output, in a shape that stretches to the output's.");
        return output.Softplus().Share(1 - target) + (-output).Softplus().Share(PositiveWeight.Cast(output.DType) * target);
    }
}
