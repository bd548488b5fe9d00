using Hebb.Losses;

namespace Hebb.Training;

/// <summary>What a model is trained for: the loss that training makes small, and the score by which models are compared.</summary>
/// <param name="Loss">Mean loss of a batch, from outputs and targets.</param>
/// <param name="Score">Makes the metric by which models are compared.</param>
public sealed record TrainingTask(Func<Tensor, Tensor, Tensor> Loss, Func<IMetric> Score)
{
    /// <summary>What a model is trained for, with a loss that is an object.</summary>
    /// <param name="criterion">The loss.</param>
    /// <param name="score">Makes the metric by which models are compared.</param>
    public TrainingTask(Loss criterion, Func<IMetric> score) : this(criterion.Of, score) => Criterion = criterion;

    /// <summary>The loss as an object; null for a function of one's own.</summary>
    public Loss? Criterion { get; }

    /// <summary>Softmax cross-entropy of class scores [N, K] against class indices [N]; scored by accuracy.</summary>
    public static TrainingTask Classification { get; } = new(new CrossEntropyLoss(), () => new Accuracy());

    /// <summary>
    /// Bernoulli cross-entropy of logits against answers of 0 and 1 in their shape, or of logits [N, 1] against int64 answers [N]: one question or several labels;
    /// scored by the share of right answers.
    /// </summary>
    public static TrainingTask Binary { get; } = new((output, target) => new BceWithLogitsLoss().Of(output, BinaryAccuracy.Answers(output, target)), () => new BinaryAccuracy());

    /// <summary>Mean squared error of outputs [N, M] against targets [N, M]; scored by R².</summary>
    public static TrainingTask Regression { get; } = new(new MseLoss(), () => new RSquared());
}
