using Hebb.Optim;

namespace Hebb.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every training sample is visited; 10 by default.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The learning rate as a function of the step; the optimiser's own constant rate if null.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>What looks at the run after every epoch, in order.</summary>
    public IReadOnlyList<ICallback> Callbacks { get; init; } = [];
}
