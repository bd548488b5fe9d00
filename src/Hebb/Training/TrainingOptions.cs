using Hebb.Optim;

namespace Hebb.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every training sample is visited; 10 by default.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The learning rate as a function of the step; the optimizer's own constant rate if null.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>
    /// Into how many pieces each batch is cut, which go through the model one after the other in the memory of one, and whose gradients are
    /// averaged before the update: large batches on small machines. 1 by default.
    /// </summary>
    public int AccumulationSteps { get; init; } = 1;

    /// <summary>
    /// Whether every step, and every batch that validates, runs op by op; by default it is recorded once and replayed, with the same bits,
    /// unless the model cannot be recorded.
    /// </summary>
    public bool IsEager { get; init; }

    /// <summary>Told, once, in a sentence, that the model cannot be recorded and why; its steps run op by op then.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>What looks at the run after every epoch, in order.</summary>
    public IReadOnlyList<ICallback> Callbacks { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(TrainingOptions), PrintMembers);
}
