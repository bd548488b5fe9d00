namespace Hebb.Losses;

/// <summary>How far outputs of a network are from their targets, as a differentiable number. Gradients always match the value.</summary>
public abstract class Loss
{
    /// <summary>What becomes of the losses of single elements; their mean by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>The loss.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">What it should give.</param>
    /// <exception cref="ShapeException">Shapes or types do not fit the loss.</exception>
    public abstract Tensor Of(Tensor output, Tensor target);

    /// <summary>Reduces the losses of all elements.</summary>
    protected Tensor Reduce(Tensor losses) => Reduction switch
    {
        Reduction.None => losses,
        Reduction.Sum => losses.Sum(),
        Reduction.Mean => losses.Mean(),
        _ => losses.Sum() / (losses.Rank == 0 ? 1 : losses.Shape[0]),
    };

    /// <summary>Refuses targets that are not like the output.</summary>
    protected void RequireAlike(Tensor output, Tensor target)
    {
        if (output.Shape != target.Shape || output.DType != target.DType)
            throw new ShapeException($"{GetType().Name} got an output {output.Spec} and a target {target.Spec}, but needs one target like each output; reshape or Cast the target.");
    }
}
