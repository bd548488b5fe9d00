using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>A training step op by op: forward, loss, backward, update.</summary>
/// <param name="model">The model.</param>
/// <param name="optimizer">Updates the model's parameters.</param>
/// <param name="function">Loss and outputs of a batch.</param>
/// <param name="pieces">Into how many pieces each batch is cut.</param>
internal sealed class EagerStep(Module model, Optimizer optimizer, StepFunction function, int pieces) : IBatchRunner
{
    public BatchResult Run(Batch batch)
    {
        using RandomReplay replay = new();
        optimizer.ZeroGrad();
        Parameter[] learning = [.. model.Parameters().Where(parameter => parameter.RequiresGrad)];
        using StateGuard guard = new(model, replay);
        PiecewiseStep step = PiecewiseStep.Run(batch, pieces, function, learning);
        double loss = step.Loss.Item();
        BatchResult result = new(loss, step.Parts.Read(loss, batch.Count), step.Outputs);
        if (!double.IsFinite(loss))
        {
            guard.Restore();
            return result.IsOfNothing ? result : result with { Failure = NonFiniteLoss.Repeat(replay, model, function, batch) };
        }
        guard.Keep();
        for (int i = 0; i < learning.Length; i++) learning[i].Grad = step.Gradients[i];
        optimizer.Step();
        return result;
    }
}
