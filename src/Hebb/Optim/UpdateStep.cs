using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>One parameter at the moment of its update: what a rule may ask, and the way to run its lane function.</summary>
public readonly ref struct UpdateStep
{
    private readonly UpdateQueue _queue;
    private readonly UpdateSlot _slot;
    private readonly Tensor _gradient;
    private readonly UpdateChange? _change;

    internal UpdateStep(UpdateQueue queue, UpdateSlot slot, Tensor gradient, double rate, in UpdateChange? change)
    {
        _queue = queue;
        _slot = slot;
        _gradient = gradient;
        _change = change;
        Rate = rate;
    }

    /// <summary>The learning rate of this step, times the group's factor.</summary>
    public double Rate { get; }

    /// <summary>Which update of this parameter it is, counted from 1.</summary>
    public long Number => _slot.Updates;

    /// <summary>Updates the parameter in place, together with those of the same step that use the same kind of lane.</summary>
    /// <exception cref="InvalidOperationException">The lane uses another number of states than the rule names.</exception>
    public void Run<TLane>(TLane lane) where TLane : struct, IUpdateLane
    {
        if (_slot.State.Length != TLane.StateCount)
            throw new InvalidOperationException(
                $"A lane with {TLane.StateCount} states was run by a rule that names {_slot.State.Length}; name as many in StateNames.");
        if (_change is { } change) Launch<ChangedUpdateBody<TLane>, TLane>(new ChangedUpdateBody<TLane>(lane, change));
        else Launch<UpdateBody<TLane>, TLane>(new UpdateBody<TLane>(lane));
    }

    private void Launch<TBody, TLane>(TBody body) where TBody : struct, ILaneBody where TLane : struct, IUpdateLane
    {
        if (_gradient.DType == DType.Float32) _queue.Add<TBody, TLane, float>(body, _slot.Parameter, _gradient, _slot.State);
        else _queue.Add<TBody, TLane, double>(body, _slot.Parameter, _gradient, _slot.State);
    }
}
