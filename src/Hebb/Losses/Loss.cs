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

    /// <summary>Type and shape of the targets that belong to an output; like the output unless the loss says otherwise.</summary>
    /// <exception cref="ShapeException">The loss does not take such outputs.</exception>
    public virtual TensorSpec TargetFor(in TensorSpec output) => new(output.DType, output.Shape);

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
