using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>Steps that are recorded once for each shape and then replayed without allocation; the bits are those of eager mode.</summary>
public static class Compiled
{
    /// <summary>A training step: forward, loss, backward, update.</summary>
    /// <param name="model">The model; eager code may read and change its parameters at any time between steps.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="loss">The mean loss from outputs and targets.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    /// <param name="accumulationSteps">
    /// Into how many pieces each batch is cut, which go through the model one after the other in the memory of one, and whose gradients are averaged before the update;
    /// 1 by default.
    /// </param>
    public static CompiledStep Step(
        Module model, Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, GraphPasses passes = GraphPasses.All, int accumulationSteps = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new(model, optimizer, batch =>
        {
            Tensor output = model.Forward(batch[0]);
            return [loss(output, batch[1]), output];
        }, passes, accumulationSteps);
    }

    /// <summary>A training step of a model whose loss is not a function of outputs and targets alone.</summary>
    /// <param name="model">The model; eager code may read and change its parameters at any time between steps.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="loss">From the tensors of a batch the loss, and after it any other tensors that are of interest.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    public static CompiledStep Step(Module model, Optimizer optimizer, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> loss, GraphPasses passes = GraphPasses.All) =>
        new(model, optimizer, loss, passes, accumulationSteps: 1);

    /// <summary>A forward pass without gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    public static CompiledInference Infer(Module model, GraphPasses passes = GraphPasses.All) => new(model, passes);
}
