using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>Loss and outputs of batches by recordings, one for each shape of a batch, without gradients.</summary>
/// <param name="model">The model.</param>
/// <param name="function">Loss and outputs of a batch.</param>
internal sealed class CompiledEvaluation(Module model, StepFunction function) : IBatchRunner
{
    private readonly PlanCache _plans = new(model, GraphPasses.All, CompiledStep.MostPlanBytes);

    public BatchResult Run(Batch batch)
    {
        PlanCache.Entry entry = _plans.Find(batch.Layout, batch.Span) ?? _plans.Add(Trace(batch), batch.Span);
        entry.Run.Compute(batch.Span);
        entry.Run.Commit();
        return entry.ResultOf(batch);
    }

    private Recorded Trace(Batch batch)
    {
        using NoGrad none = new();
        return Recorded.Of(batch.Layout, batch.Span, piece =>
        {
            StepOutcome outcome = function(piece);
            return new RecordedStep(outcome.Loss.Value, new LossParts(outcome.Loss.Parts()), outcome.Outputs);
        });
    }
}
