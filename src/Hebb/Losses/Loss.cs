using Hebb.Layers;
using Hebb.Ops;

namespace Hebb.Losses;

/// <summary>
/// How far outputs of a network are from their targets, as a differentiable number. A loss says what each element costs and what it counts;
/// masks, the weights of samples and the reduction are the same for all. Gradients always match the value.
/// </summary>
public abstract class Loss
{
    /// <summary>What becomes of the losses of single elements; their mean by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>The loss.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should give.</param>
    /// <exception cref="ShapeException">Shapes or types do not fit the loss.</exception>
    public Tensor Forward(Tensor output, Tensor target) => Forward(output, target, weights: null);

    /// <summary>The loss of sequences of which only some steps count, or of samples that do not count alike.</summary>
    /// <param name="output">What the network gave, and the mask of its steps, which are axis 1 of the single losses.</param>
    /// <param name="target">What it should give.</param>
    /// <param name="weights">What each sample counts, [N]; all alike if left out.</param>
    /// <exception cref="ShapeException">Shapes or types do not fit the loss.</exception>
    public Tensor Forward(MaskedTensor output, Tensor target, Tensor? weights = null)
    {
        LossElements elements = Counted(output, target, weights);
        return Reduction == Reduction.None ? elements.Losses : Reduced(elements, weights).Value;
    }

    /// <summary>
    /// The loss as what it sums up and what its mean divides by, so that losses add up, and a batch in pieces has the loss of the whole.
    /// </summary>
    /// <param name="output">What the network gave, and the mask of its steps, which are axis 1 of the single losses.</param>
    /// <param name="target">What it should give.</param>
    /// <param name="weights">What each sample counts, [N]; all alike if left out.</param>
    /// <exception cref="ShapeException">Shapes or types do not fit the loss.</exception>
    /// <exception cref="InvalidOperationException">The reduction is <see cref="Reduction.None"/>, which gives no number.</exception>
    public LossValue Measure(MaskedTensor output, Tensor target, Tensor? weights = null) => Reduction != Reduction.None
        ? Reduced(Counted(output, target, weights), weights)
        : throw new InvalidOperationException(
            $"A number was asked of {GetType().Name} with Reduction.None, which leaves one for each element; choose another reduction.");

    /// <summary>Type and shape of the targets that belong to an output; like the output unless the loss says otherwise.</summary>
    /// <exception cref="ShapeException">The loss does not take such outputs.</exception>
    public virtual TensorSpec TargetFor(in TensorSpec output) => new(output.DType, output.Shape);

    /// <summary>The loss of each element, and what each counts if not all count alike; a plain tensor of losses converts to it.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should give.</param>
    /// <exception cref="ShapeException">Shapes or types do not fit the loss.</exception>
    protected internal abstract LossElements Elements(Tensor output, Tensor target);

    /// <summary>Along which axis of the output the steps of sequences lie.</summary>
    internal virtual int StepAxis => 1;

    /// <summary>Refuses targets that are not like the output.</summary>
    protected void RequireAlike(Tensor output, Tensor target) =>
        TargetSpecs.Require(GetType().Name, output.Spec, target.Spec, new TensorSpec(output.DType, output.Shape));

    /// <summary>The elements with the mask and the weights of samples in what they cost and count.</summary>
    private LossElements Counted(MaskedTensor output, Tensor target, Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(output.Values, nameof(output));
        ArgumentNullException.ThrowIfNull(target);
        (Tensor losses, Tensor? counts) = Elements(Shielded(output, weights), target);
        if (losses is null) throw Argument.Nothing($"{GetType().Name}.Elements", "the loss of each element");
        if (counts is not null && counts.Shape != losses.Shape)
            throw new ShapeException($"{GetType().Name}.Elements returned counts {counts.Spec} for losses {losses.Spec}; "
                + "return one for each loss.");
        if (output.Mask is { } mask)
        {
            Tensor steps = Along(mask, losses, axes: 2, "a mask");
            losses = Tensor.Where(steps, losses, 0);
            counts = counts is null
                ? steps.Cast(losses.DType).BroadcastTo(losses.Shape)
                : Tensor.Where(steps, counts.Cast(losses.DType), 0);
        }
        if (weights is not null)
        {
            Tensor each = Along(weights.Cast(losses.DType), losses, axes: 1, "weights of samples");
            losses = losses.Share(each);
            counts = counts is null ? each.BroadcastTo(losses.Shape) : counts.Cast(losses.DType) * each;
        }
        return new LossElements(losses, counts);
    }

    /// <summary>
    /// The output with 0 where nothing counts, so that what stands there reaches neither loss nor gradient, not even as 0 · ∞.
    /// </summary>
    private Tensor Shielded(MaskedTensor output, Tensor? weights)
    {
        Tensor values = output.Values;
        if (output.Mask is { Rank: 2 } mask && HasAxes(values, mask, StepAxis))
            values = Tensor.Where(Widened(StepAxis == 1 ? mask : mask.Unsqueeze(1), values), values, 0);
        if (weights is { Rank: 1 } && values.Rank > 0 && values.Shape[0] == weights.Count)
            values = Tensor.Where(Widened(weights.NotEqualTo(0), values), values, 0);
        return values;

        static bool HasAxes(Tensor values, Tensor mask, int steps) =>
            values.Rank > steps && values.Shape[0] == mask.Shape[0] && values.Shape[steps] == mask.Shape[1];
    }

    private LossValue Reduced(LossElements elements, Tensor? weights)
    {
        (Tensor losses, Tensor? counts) = elements;
        Tensor sum = losses.Sum();
        if (Reduction == Reduction.Sum) return LossValue.OfSum(sum);
        if (Reduction == Reduction.Mean)
            return counts is null ? new LossValue(sum, losses.Count) : new LossValue(sum, counts.Cast(losses.DType).Sum());
        return weights is null ? new LossValue(sum, losses.Rank == 0 ? 1 : losses.Shape[0])
            : new LossValue(sum, weights.Cast(losses.DType).Sum());
    }

    /// <summary>A tensor over the first axes of the losses, in a shape that broadcasts with them.</summary>
    private Tensor Along(Tensor tensor, Tensor losses, int axes, string name)
    {
        bool fits = tensor.Rank == axes && losses.Rank >= axes;
        for (int i = 0; fits && i < axes; i++) fits = tensor.Shape[i] == losses.Shape[i];
        if (!fits)
            throw new ShapeException(
                $"{GetType().Name} got {name} {tensor.Spec} for losses {losses.Spec}, whose first axes must have those sizes; "
                + "give outputs with the samples along axis 0 and their steps along axis 1.");
        return Widened(tensor, losses);
    }

    /// <summary>A tensor over the first axes of another, with as many axes.</summary>
    private static Tensor Widened(Tensor tensor, Tensor other)
    {
        Shape shape = tensor.Shape;
        while (shape.Rank < other.Rank) shape = shape.Insert(shape.Rank, 1);
        return tensor.Reshape(shape);
    }
}
