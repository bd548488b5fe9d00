namespace Hebb.Losses;

/// <summary>
/// E = Σᵢ αᵢ L(yᵢ, tᵢ) over the steps of a sequence, with the weights αᵢ (1 by default), over the steps that the output's mask counts, if
/// it has one; by default the mean over samples; <see cref="Reduction.Mean"/> is that over the steps that count. Steps are one axis of the
/// inner loss's results: axis 1 of outputs [N, T, ...], and for classes too, whose scores are [N, C, T] and classes [N, T].
/// </summary>
public sealed class SequenceLoss : Loss
{
    private readonly Tensor? _weights;

    /// <summary>A loss of sequences.</summary>
    /// <param name="inner">L, which must leave its results unreduced.</param>
    /// <param name="weights">αᵢ, one for each step; all 1 if left out.</param>
    /// <exception cref="ArgumentException">The inner loss reduces its results, or there is not one weight for each step.</exception>
    public SequenceLoss(Loss inner, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (inner.Reduction != Reduction.None)
            throw new ArgumentException($"A SequenceLoss was given a {inner.GetType().Name} with the reduction {inner.Reduction}, "
                + "which leaves nothing to weigh; give it Reduction.None.", nameof(inner));
        if (weights is { Rank: not 1 })
            throw new ArgumentException(
                $"A SequenceLoss was given weights {weights.Spec}; give a vector with one for each step.", nameof(weights));
        Inner = inner;
        _weights = LossTerms.Weights(weights, nameof(weights))?.Detach();
        Reduction = Reduction.MeanOverSamples;
    }

    /// <summary>L</summary>
    internal Loss Inner { get; }

    internal override int StepAxis => Inner.StepAxis;

    /// <inheritdoc/>
    public override TensorSpec TargetFor(in TensorSpec output) => Inner.TargetFor(output);

    /// <summary>What each step costs, all else of it summed, and counts: nothing where the inner loss or the mask counts nothing.</summary>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        // Where a step counts nothing, what stands there reaches neither loss nor gradient, not even as 0 · ∞.
        if (_weights is not null && output.Rank > StepAxis && output.Shape[StepAxis] == _weights.Count)
        {
            Shape along = Shape.Scalar;
            for (int i = 0; i < output.Rank - StepAxis; i++) along = along.Insert(i, i == 0 ? _weights.Count : 1);
            output = Tensor.Where(_weights.NotEqualTo(0).Reshape(along), output, 0);
        }
        (Tensor losses, Tensor? counts) = Inner.Elements(output, target);
        if (losses.Rank < 2)
            throw new ShapeException(
                $"SequenceLoss got losses {losses.Spec} from {Inner.GetType().Name}; it needs one for each sample and step, [N, T, ...].");
        if (losses.Rank > 2) (losses, counts) = (losses.Flatten(2).Sum(2), counts?.Cast(losses.DType).Flatten(2).Sum(2));
        if (_weights is not null)
        {
            if (_weights.Count != losses.Shape[1])
                throw new ShapeException($"SequenceLoss has {_weights.Count} weights for {losses.Shape[1]} steps; give one for each.");
            losses = losses.Share(_weights.Cast(losses.DType));
        }
        return new LossElements(losses, counts);
    }
}
