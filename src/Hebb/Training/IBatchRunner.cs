using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

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
/// <param name="Shares">What the parts of the loss came to, to be added over batches.</param>
/// <param name="Outputs">What the model gave; the next run may overwrite it.</param>
internal readonly record struct BatchResult(double Loss, LossShare[] Shares, IReadOnlyList<MaskedTensor> Outputs)
{
    /// <summary>Why the loss is not finite, so that nothing was updated; null if it is, if nothing counts, or if nobody trains.</summary>
    public NonFiniteException? Failure { get; init; }

    /// <summary>Whether nothing of the batch counts, so that there is no loss, and nothing was updated.</summary>
    public bool IsOfNothing => Shares.All(share => share.Divisor == 0);
}
