using Hebb.Ops;

namespace Hebb.Losses;

/// <summary>
/// What losses over classes share: classes are axis 1 of outputs [N, C] or [N, C, ...]; targets are class indices, int64 [N] or [N, ...].
/// </summary>
public abstract class ClassLoss : Loss
{
    private readonly Tensor? _weights;

    /// <summary>
    /// What a sample of each class counts, [C], not negative; null if all count alike. The mean divides by what the samples count together.
    /// </summary>
    public Tensor? ClassWeights
    {
        get => _weights;
        init => _weights = LossTerms.Weights(value, nameof(ClassWeights))?.Detach();
    }

    /// <summary>A target that marks samples without a class, which count nothing; -100 by default.</summary>
    public long IgnoreIndex { get; init; } = -100;

    internal override int StepAxis => 2;

    /// <inheritdoc/>
    public override TensorSpec TargetFor(in TensorSpec output) =>
        output.Shape.Rank >= 2
            ? new TensorSpec(DType.Int64, output.Shape.Without(1))
            : throw new ShapeException($"{GetType().Name} was asked for the targets of an output {output}, "
                + "but needs scores [N, C, ...]; give the output a batch and classes.");

    /// <summary>What each sample costs and counts, from its loss, which is 0 where the target is ignored.</summary>
    /// <param name="losses">-log p of each sample's class.</param>
    /// <param name="target">The classes.</param>
    /// <param name="logs">All log-probabilities, if a part of each target is spread evenly over all classes.</param>
    /// <param name="smoothing">How much of each target is spread.</param>
    private protected LossElements OfIndices(Tensor losses, Tensor target, Tensor? logs = null, double smoothing = 0)
    {
        Tensor isCounted = target.NotEqualTo(Tensor.Scalar(IgnoreIndex));
        Tensor? weights =
            ClassWeights is null ? null : Tensor.Where(isCounted, Weights(losses).Take(Tensor.Where(isCounted, target, 0)), 0);
        if (weights is not null) losses = losses.Share(weights);
        if (logs is not null)
        {
            Tensor all = ClassWeights is null ? logs : logs.Share(Along(Weights(logs), logs));
            Tensor even = Tensor.Where(isCounted, -all.Sum(1), 0);
            losses = losses * (1 - smoothing) + even * (smoothing / logs.Shape[1]);
        }
        return new LossElements(losses, weights ?? isCounted);
    }

    /// <summary>
    /// The scores with 0 where the class of a sample counts nothing, so that they reach neither loss nor gradient, not even as 0 · ∞.
    /// </summary>
    private protected Tensor Counting(Tensor output, Tensor target)
    {
        if (ClassWeights is null) return output;
        Tensor counts = Weights(output).Take(Indices(output, target)).NotEqualTo(0);
        return Tensor.Where(counts.Unsqueeze(1), output, 0);
    }

    /// <summary>Which targets are ignored.</summary>
    private protected Tensor IsIgnored(Tensor target) => target.EqualTo(Tensor.Scalar(IgnoreIndex));

    /// <summary>The place of each sample's class among the scores, 0 where the target is ignored.</summary>
    private protected Tensor Indices(Tensor output, Tensor target) => target.Apply(new ClassIndices(output.Shape[1], IgnoreIndex));

    /// <summary>Refuses outputs and targets that are not scores of classes and their indices or, where taken, probabilities.</summary>
    private protected void RequireClasses(Tensor output, Tensor target, bool takesShares = false)
    {
        TargetSpecs.RequireClasses(GetType().Name, output.Spec, target.Spec, takesShares: takesShares);
        RequireWeights(output);
    }

    /// <summary>Refuses weights that are not one for each class.</summary>
    private protected void RequireWeights(Tensor output)
    {
        if (ClassWeights is not null && ClassWeights.Shape != [output.Shape[1]])
            throw new ShapeException($"{GetType().Name} has class weights {ClassWeights.Spec} for an output {output.Spec}; "
                + $"give one weight for each of the {output.Shape[1]} classes.");
    }

    /// <summary>One number for each class in a shape that broadcasts with the scores.</summary>
    private protected static Tensor Along(Tensor classes, Tensor scores)
    {
        Shape shape = [classes.Count];
        for (int i = 2; i < scores.Rank; i++) shape = shape.Insert(i - 1, 1);
        return classes.Reshape(shape);
    }

    /// <summary>The class weights in the scores' type.</summary>
    private protected Tensor Weights(Tensor scores) => ClassWeights!.Cast(scores.DType);
}
