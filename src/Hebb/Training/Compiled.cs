using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>Steps that are recorded once for each shape and then replayed without allocation; the bits are those of eager mode.</summary>
public static class Compiled
{
    /// <summary>A training step: forward, loss, backward, update.</summary>
    /// <param name="model">The model; eager code may read and change its parameters at any time between steps.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    /// <param name="accumulationSteps">
    /// Into how many pieces each batch is cut, which go through the model one after the other in the memory of one before the one update,
    /// for the loss and the gradient of the whole batch; 1 by default.
    /// </param>
    public static CompiledStep Step(
        Module model, Optimizer optimizer, Loss loss, GraphPasses passes = GraphPasses.All, int accumulationSteps = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new(
            model, optimizer, batch => Of(model, batch, output => loss.Measure(output, batch.Target, batch.Weights)),
            passes, accumulationSteps);
    }

    /// <summary>A training step of a model whose loss is a function of output and target.</summary>
    /// <param name="model">The model; eager code may read and change its parameters at any time between steps.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="loss">The mean loss over the samples from outputs and targets.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    /// <param name="accumulationSteps">
    /// Into how many pieces each batch is cut, which go through the model one after the other in the memory of one,
    /// and count by their samples; 1 by default. A mean that divides by something else,
    /// such as the targets that are not ignored, needs the form with a <see cref="Loss"/>.
    /// </param>
    public static CompiledStep Step(
        Module model, Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, GraphPasses passes = GraphPasses.All,
        int accumulationSteps = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new(
            model, optimizer, batch => Of(model, batch, output => LossValue.OfMean(loss(output.Values, batch.Target))),
            passes, accumulationSteps);
    }

    /// <summary>A training step of a model with several inputs, outputs or targets.</summary>
    /// <param name="model">The model; eager code may read and change its parameters at any time between steps.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="task">The loss of outputs and batch.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    /// <param name="accumulationSteps">Into how many pieces each batch is cut; 1 by default.</param>
    public static CompiledStep Step(
        Module model, Optimizer optimizer, TrainingTask task, GraphPasses passes = GraphPasses.All, int accumulationSteps = 1)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new(model, optimizer, task.StepOf(model), passes, accumulationSteps);
    }

    /// <summary>A training step of a model whose loss is not a function of outputs and targets alone.</summary>
    /// <param name="model">The model; eager code may read and change its parameters at any time between steps.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="loss">From the tensors of a batch the loss, and after it any other tensors that are of interest.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    public static CompiledStep Step(
        Module model, Optimizer optimizer, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> loss, GraphPasses passes = GraphPasses.All)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new(model, optimizer, batch =>
        {
            if (loss(batch.Tensors) is not { Count: > 0 } found || found.Contains(null!))
                throw new InvalidOperationException(
                    "The loss function of a compiled step returned null or nothing; "
                    + "return the loss, and after it what else is of interest.");
            return new StepOutcome(LossValue.OfMean(found[0]), [.. found.Skip(1).Select(tensor => (MaskedTensor)tensor)]);
        }, passes, accumulationSteps: 1);
    }

    /// <summary>A forward pass as in evaluation, whatever mode the model is in, and without gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="passes">What may be done to the graph before it runs.</param>
    public static CompiledInference Infer(Module model, GraphPasses passes = GraphPasses.All) => new(model, passes);

    private static StepOutcome Of(Module model, Batch batch, Func<MaskedTensor, LossValue> loss)
    {
        MaskedTensor[] outputs = batch.Outputs(model);
        return new StepOutcome(loss(outputs[0]), outputs);
    }
}
