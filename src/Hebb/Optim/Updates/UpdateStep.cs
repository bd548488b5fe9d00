using System.Runtime.CompilerServices;

namespace Hebb.Optim;

/// <summary>One parameter at the moment of its update: what a rule may ask, and the way to run its lane function.</summary>
public readonly ref struct UpdateStep
{
    private readonly UpdateTarget _target;

    internal UpdateStep(UpdateTarget target, double learningRate) => (_target, LearningRate) = (target, learningRate);

    /// <summary>The learning rate of this step, times the group's factor.</summary>
    public double LearningRate { get; }

    /// <summary>Which update of this parameter it is, counted from 1.</summary>
    public long Number => _target.Slot.Updates;

    /// <summary>Updates the parameter in place, together with the others of the same step.</summary>
    /// <exception cref="InvalidOperationException">
    /// The lane uses another number of states than the rule names, or it is the second one of this update.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLane>(TLane lane) where TLane : struct, IUpdateLane
    {
        UpdateSlot slot = _target.Slot;
        if (_target.Loop is not null)
            throw new InvalidOperationException(
                $"A rule ran two lanes in one update of '{slot.Name}', whose order would be open; write them as one lane.");
        if (slot.States != TLane.StateCount)
            throw new InvalidOperationException(
                $"A lane with {TLane.StateCount} states was run by a rule that names {slot.States}; name as many in StateNames.");
        _target.Take(lane);
    }
}
