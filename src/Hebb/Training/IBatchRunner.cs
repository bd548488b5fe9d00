using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>Takes a model through batches, to train or to evaluate it: op by op, or by a recording.</summary>
internal interface IBatchRunner
{
    /// <summary>Runs a batch.</summary>
    /// <exception cref="TraceException">The runner records, and the model cannot be recorded.</exception>
    BatchResult Run(Batch batch);
}

/// <summary>What came of a batch.</summary>
/// <param name="Loss">The loss, before the update if there is one.</param>
/// <param name="Outputs">What the model gave; the next run may overwrite it.</param>
/// <param name="Failure">Why the loss is not finite, so that nothing was updated; null if it is, or nobody trains.</param>
internal readonly record struct BatchResult(double Loss, IReadOnlyList<MaskedTensor> Outputs, NonFiniteException? Failure = null);
