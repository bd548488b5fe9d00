namespace Hebb.Losses;

/// <summary>
/// l = p (ln p - y) for log-probabilities y = ln q and target probabilities p, with 0 ln 0 = 0: the terms of the Kullback-Leibler
/// divergence D(p, q), whose sum over classes and mean over samples is <see cref="Reduction.MeanOverSamples"/>. The default,
/// <see cref="Reduction.Mean"/>, divides by the classes too, as PyTorch does.
/// </summary>
public sealed class KlDivLoss : Loss
{
    /// <summary>Whether targets are given as ln p; false by default.</summary>
    public bool TakesLogTargets { get; init; }

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        if (TakesLogTargets) return (target - output).Share(target.Exp());
        Tensor isAbsent = target.EqualTo(0);
        return target * Tensor.Where(isAbsent, 0, Tensor.Where(isAbsent, 1, target).Log() - output);
    }
}
