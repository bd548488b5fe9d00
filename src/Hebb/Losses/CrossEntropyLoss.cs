namespace Hebb.Losses;

/// <summary>
/// l = -Σ pₖ log qₖ with q = softmax(z) over the classes of logits z [N, C, ...], and p a class index (int64 [N, ...]) or a distribution
/// (like z); by default the mean over samples. The gradient is q - p.
/// </summary>
public sealed class CrossEntropyLoss : ClassLoss
{
    private readonly double _smoothing;

    /// <summary>
    /// ε: each target becomes (1 - ε) p + ε / C, so that no class is wanted with certainty (Szegedy et al., 2016);
    /// from 0 (none, the default) to 1.
    /// </summary>
    public double LabelSmoothing
    {
        get => _smoothing;
        init => _smoothing = value is >= 0 and <= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"A label smoothing of {value} was given; give one from 0 to 1.");
    }

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireClasses(output, target, takesShares: true);
        if (!target.DType.IsFloat)
        {
            if (LabelSmoothing == 0)
                return OfIndices(Counting(output, target).SoftmaxCrossEntropy(target, axis: 1, IgnoreIndex), target);
            Tensor losses = output.SoftmaxCrossEntropy(target, axis: 1, IgnoreIndex);
            // What a model says of an ignored sample reaches neither the loss nor the gradient, NaN included.
            Tensor counted = Tensor.Where(target.NotEqualTo(Tensor.Scalar(IgnoreIndex)).Unsqueeze(1), output, 0);
            return OfIndices(losses, target, counted.LogSoftmax(1), LabelSmoothing);
        }
        Tensor wanted = LabelSmoothing == 0 ? target : target * (1 - LabelSmoothing) + LabelSmoothing / output.Shape[1];
        if (ClassWeights is not null) wanted *= Along(Weights(output), output);
        return output.SoftmaxCrossEntropy(wanted, axis: 1);
    }
}
