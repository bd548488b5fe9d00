using Hebb.Data;

namespace Hebb.Training;

/// <summary>Loss and outputs of batches op by op, without gradients.</summary>
/// <param name="function">Loss and outputs of a batch.</param>
internal sealed class EagerEvaluation(StepFunction function) : IBatchRunner
{
    public BatchResult Run(Batch batch)
    {
        using NoGrad none = new();
        StepOutcome outcome = function(batch);
        return new BatchResult(outcome.Loss.Value.Item(), outcome.Outputs);
    }
}
