namespace Hebb.Losses;

/// <summary>
/// l = -(1 - p)^γ ln p with the softmax probability p of the right class of scores [N, C, ...]: cross-entropy in which classes that are
/// already right weigh little (Lin et al., Focal Loss for Dense Object Detection, 2017); by default the mean over samples.
/// <see cref="ClassLoss.ClassWeights"/> are its α.
/// </summary>
public sealed class FocalLoss : ClassLoss
{
    private readonly double _gamma = 2;

    /// <summary>γ, not negative: 0 is the cross-entropy, 2 the default.</summary>
    public double Gamma
    {
        get => _gamma;
        init => _gamma = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"A gamma of {value} was given to a focal loss; give 0 or more.");
    }

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireClasses(output, target);
        output = Counting(output, target);
        Tensor entropy = output.SoftmaxCrossEntropy(target, axis: 1, IgnoreIndex);
        if (Gamma == 0) return OfIndices(entropy, target);
        // Beyond 800, p is 0 and has no slope, which an infinite entropy must not multiply.
        Tensor miss = -(-entropy.Clip(double.NegativeInfinity, 800)).Expm1();
        // Held above 0, where powers below 1 have no slope; the loss is next to nothing there.
        return OfIndices(miss.Clip(1e-12, 1).Pow(Gamma) * entropy, target);
    }
}
