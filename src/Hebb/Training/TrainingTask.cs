using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>What a model is trained for: the loss that training makes small, and the score by which models are compared.</summary>
public sealed class TrainingTask
{
    private readonly Func<IReadOnlyList<MaskedTensor>, Batch, LossValue> _loss;

    /// <summary>One loss of the first output and the first target, with the output's mask and the batch's weights of samples.</summary>
    /// <param name="criterion">The loss.</param>
    /// <param name="score">Makes the metric by which models are compared.</param>
    public TrainingTask(Loss criterion, Func<IMetric> score) : this([(criterion, 1)], score) => Criterion = criterion;

    /// <summary>
    /// A weighted sum of losses, the first of the first output and the first target, the second of the second ones, and so on.
    /// </summary>
    /// <param name="terms">The losses and their weights.</param>
    /// <param name="score">
    /// Makes the metric by which models are compared; see <see cref="OutputMetric"/> for another than the first output.
    /// </param>
    public TrainingTask(IReadOnlyList<(Loss Loss, double Weight)> terms, Func<IMetric> score)
        : this((outputs, batch) => Sum(terms, outputs, batch), score)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach ((Loss loss, double weight) in terms)
        {
            ArgumentNullException.ThrowIfNull(loss, nameof(terms));
            Argument.AtLeast(weight, 0, nameof(terms));
        }
        if (terms.Count == 0) throw new ArgumentException("A task of no losses was asked for; give at least one.", nameof(terms));
    }

    /// <summary>A mean loss over samples as a function of the first output and the first target.</summary>
    /// <param name="loss">The function.</param>
    /// <param name="score">Makes the metric by which models are compared.</param>
    public TrainingTask(Func<Tensor, Tensor, Tensor> loss, Func<IMetric> score)
        : this((outputs, batch) => LossValue.OfMean(loss(outputs[0].Values, batch.Target)), score) =>
            ArgumentNullException.ThrowIfNull(loss);

    /// <summary>
    /// A loss as a function of all outputs and the batch: <c>(outputs, batch) => a.Measure(outputs[0], batch["kind"]) + 0.1 *
    /// b.Measure(outputs[1], batch["price"])</c>.
    /// </summary>
    /// <param name="loss">The function.</param>
    /// <param name="score">Makes the metric by which models are compared.</param>
    public TrainingTask(Func<IReadOnlyList<MaskedTensor>, Batch, LossValue> loss, Func<IMetric> score)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(score);
        (_loss, Score) = (loss, score);
    }

    /// <summary>Makes the metric by which models are compared.</summary>
    public Func<IMetric> Score { get; }

    /// <summary>The loss as an object; null if it is not one alone.</summary>
    public Loss? Criterion { get; }

    /// <summary>Softmax cross-entropy of class scores [N, K] against class indices [N]; scored by accuracy.</summary>
    public static TrainingTask Classification { get; } = new(new CrossEntropyLoss(), () => new Accuracy());

    /// <summary>
    /// Bernoulli cross-entropy of logits against answers of 0 and 1 in their shape, or of logits [N, 1] against int64 answers [N]: one
    /// question or several labels; scored by the share of right answers.
    /// </summary>
    public static TrainingTask Binary { get; } = new(
        (outputs, batch) => new BceWithLogitsLoss().Measure(
            outputs[0], BinaryAccuracy.Answers(outputs[0].Values, batch.Target), batch.Weights), () => new BinaryAccuracy());

    /// <summary>Mean squared error of outputs [N, M] against targets [N, M]; scored by R².</summary>
    public static TrainingTask Regression { get; } = new(new MseLoss(), () => new RSquared());

    /// <summary>The loss of an output and a target.</summary>
    public Tensor Loss(Tensor output, Tensor target) => Measure([output], new Batch(output, target)).Value;

    /// <summary>The loss of a model's outputs for a batch.</summary>
    public LossValue Measure(IReadOnlyList<MaskedTensor> outputs, Batch batch) => _loss(outputs, batch)
        ?? throw Argument.Nothing("The loss function of a task", "a LossValue");

    /// <summary>A metric of its own for each caller.</summary>
    internal IMetric NewScore() => Score()
        ?? throw Argument.Nothing("The score of a task", "a metric, as () => new Accuracy() does");

    /// <summary>Loss and outputs of a batch.</summary>
    internal StepFunction StepOf(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return batch =>
        {
            MaskedTensor[] outputs = batch.Outputs(model);
            return new StepOutcome(Measure(outputs, batch), outputs);
        };
    }

    private static LossValue Sum(IReadOnlyList<(Loss Loss, double Weight)> terms, IReadOnlyList<MaskedTensor> outputs, Batch batch)
    {
        if (outputs.Count < terms.Count || batch.Targets.Count < terms.Count)
            throw new ShapeException(
                $"A task of {terms.Count} losses got {outputs.Count} outputs and {batch.Targets.Count} targets; "
                + "give one of each for every loss.");
        // A term of weight 0 is left out, since 0 times a loss that is not finite is no number.
        IEnumerable<int> counting = Enumerable.Range(0, terms.Count).Where(i => terms[i].Weight > 0);
        return counting
            .Select(i => terms[i].Weight * terms[i].Loss.Measure(outputs[i], batch.Targets[i], batch.Weights))
            .DefaultIfEmpty(LossValue.OfSum(Tensor.Zeros([], outputs[0].Values.DType)))
            .Aggregate((a, b) => a + b);
    }
}
