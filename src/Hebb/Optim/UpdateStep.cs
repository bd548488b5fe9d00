using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>One parameter at the moment of its update: what a rule may ask, and the way to run its lane function.</summary>
public readonly ref struct UpdateStep
{
    private readonly UpdateSlot _slot;
    private readonly Tensor _gradient;
    private readonly UpdateChange _change;

    internal UpdateStep(UpdateSlot slot, Tensor gradient, double rate, in UpdateChange change)
    {
        _slot = slot;
        _gradient = gradient;
        _change = change;
        Rate = rate;
    }

    /// <summary>The learning rate of this step, times the group's factor.</summary>
    public double Rate { get; }

    /// <summary>Which update of this parameter it is, counted from 1.</summary>
    public long Number => _slot.Updates;

    /// <summary>Updates the parameter in place with one kernel call.</summary>
    /// <exception cref="InvalidOperationException">The lane uses another number of states than the rule names.</exception>
    public void Run<TLane>(TLane lane) where TLane : struct, IUpdateLane
    {
        if (_slot.State.Length != TLane.StateCount)
            throw new InvalidOperationException(
                $"A lane with {TLane.StateCount} states was run by a rule that names {_slot.State.Length}; name as many in StateNames.");
        if (_change.IsNone) Launch<UpdateBody<TLane>, TLane>(new UpdateBody<TLane>(lane));
        else Launch<ChangedUpdateBody<TLane>, TLane>(new ChangedUpdateBody<TLane>(lane, _change));
    }

    private void Launch<TBody, TLane>(TBody body) where TBody : struct, ILaneBody where TLane : struct, IUpdateLane
    {
        if (_gradient.DType == DType.Float32) Launch<TBody, TLane, float>(body);
        else Launch<TBody, TLane, double>(body);
    }

    private void Launch<TBody, TLane, T>(TBody body) where TBody : struct, ILaneBody where TLane : struct, IUpdateLane where T : unmanaged
    {
        Tensor w = _slot.Parameter;
        Tensor[] state = _slot.State;
        Operands<T> operands = new Operands<T>().In(w.Span<T>()).In(_gradient.Span<T>());
        if (TLane.StateCount > 0) operands = operands.In(state[0].Span<T>());
        if (TLane.StateCount > 1) operands = operands.In(state[1].Span<T>());
        operands = operands.Out(w.Span<T>());
        if (TLane.StateCount > 0) operands = operands.Out(state[0].Span<T>());
        if (TLane.StateCount > 1) operands = operands.Out(state[1].Span<T>());
        Map.Run(body, operands);
        GC.KeepAlive(_gradient);
        GC.KeepAlive(_slot);
    }
}
