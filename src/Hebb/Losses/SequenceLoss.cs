namespace Hebb.Losses;

/// <summary>
/// E = Σᵢ αᵢ L(yᵢ, tᵢ) over the steps of a sequence, with the weights αᵢ (1 by default) and, for sequences of unequal lengths, a mask of the steps that count;
/// by default the mean over samples. Steps are one axis of the inner loss's results: axis 1 of outputs [N, T, ...], and for classes too, whose scores are
/// [N, C, T] and classes [N, T].
/// </summary>
public sealed class SequenceLoss : Loss
{
    private readonly Loss _inner;
    private readonly Tensor? _weights;

    /// <summary>A loss of sequences.</summary>
    /// <param name="inner">L, which must leave its results unreduced.</param>
    /// <param name="weights">αᵢ, one for each step; all 1 if left out.</param>
    /// <exception cref="ArgumentException">The inner loss reduces its results, or there is not one weight for each step.</exception>
    public SequenceLoss(Loss inner, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (inner.Reduction != Reduction.None)
            throw new ArgumentException($"A SequenceLoss was given a {inner.GetType().Name} with the reduction {inner.Reduction}, which leaves nothing to weigh; give it Reduction.None.", nameof(inner));
        if (weights is { Rank: not 1 }) throw new ArgumentException($"A SequenceLoss was given weights {weights.Spec}; give a vector with one for each step.", nameof(weights));
        _inner = inner;
        _weights = weights?.Detach();
        Reduction = Reduction.MeanOverSamples;
    }

    /// <inheritdoc/>
    public override TensorSpec TargetFor(in TensorSpec output) => _inner.TargetFor(output);

    /// <inheritdoc/>
    public override Tensor Of(Tensor output, Tensor target) => Of(output, target, mask: null);

    /// <summary>The loss of sequences of which only some steps count.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should give.</param>
    /// <param name="mask">bool [N, T], true where a step counts; all if left out.</param>
    /// <exception cref="ShapeException">Shapes or types do not fit.</exception>
    public Tensor Of(Tensor output, Tensor target, Tensor? mask)
    {
        Tensor losses = _inner.Of(output, target);
        if (losses.Rank < 2) throw new ShapeException($"SequenceLoss got losses {losses.Spec} from {_inner.GetType().Name}; it needs one for each sample and step, [N, T, ...].");
        if (losses.Rank > 2) losses = losses.Flatten(2).Sum(2);
        if (mask is not null)
        {
            if (mask.DType != DType.Bool || mask.Shape != losses.Shape) throw new ShapeException($"SequenceLoss got a mask {mask.Spec} for losses {losses.Spec}; give bool{losses.Shape}.");
            losses = Tensor.Where(mask, losses, 0);
        }
        if (_weights is not null)
        {
            if (_weights.Count != losses.Shape[1]) throw new ShapeException($"SequenceLoss has {_weights.Count} weights for {losses.Shape[1]} steps; give one for each.");
            losses *= _weights.Cast(losses.DType);
        }
        return Reduce(losses);
    }
}
