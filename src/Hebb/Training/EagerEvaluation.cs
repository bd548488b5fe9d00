using Hebb.Data;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>Loss and outputs of batches op by op, without gradients.</summary>
/// <param name="function">Loss and outputs of a batch.</param>
internal sealed class EagerEvaluation(StepFunction function) : IBatchRunner
{
    public BatchResult Run(Batch batch)
    {
        using NoGrad none = new();
        StepOutcome outcome = function(batch);
        LossParts parts = new(outcome.Loss.Parts());
        double loss = outcome.Loss.Value.Item();
        return new BatchResult(loss, parts.Read(loss, batch.Count), outcome.Outputs);
    }
}
