using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>One parameter at the moment of its update: what a rule may ask, and the way to run its lane function.</summary>
public readonly ref struct UpdateStep
{
    private readonly UpdateQueue _queue;
    private readonly UpdateSlot _slot;
    private readonly Tensor? _gradient;
    private readonly LazyGradient? _lazy;
    private readonly UpdateChange? _change;

    internal UpdateStep(UpdateQueue queue, UpdateSlot slot, Tensor? gradient, LazyGradient? lazy, double learningRate, in UpdateChange? change)
    {
        _queue = queue;
        _slot = slot;
        _gradient = gradient;
        _lazy = lazy;
        _change = change;
        LearningRate = learningRate;
    }

    /// <summary>The learning rate of this step, times the group's factor.</summary>
    public double LearningRate { get; }

    /// <summary>Which update of this parameter it is, counted from 1.</summary>
    public long Number => _slot.Updates;

    /// <summary>Updates the parameter in place, together with those of the same step that use the same kind of lane.</summary>
    /// <exception cref="InvalidOperationException">The lane uses another number of states than the rule names, or it is the second one of this update.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLane>(TLane lane) where TLane : struct, IUpdateLane
    {
        if (!_slot.TryQueue())
            throw new InvalidOperationException($"A rule ran two lanes in one update of '{_slot.Name}', whose order would be open; write them as one lane.");
        if (_slot.State.Length != TLane.StateCount)
            throw new InvalidOperationException(
                $"A lane with {TLane.StateCount} states was run by a rule that names {_slot.State.Length}; name as many in StateNames.");
        Launch<TLane> launch = new(_queue, _slot, _gradient, _lazy?.Operands ?? [], _change, lane);
        if (_lazy is { } lazy) lazy.Tree.Accept(ref launch);
        else if (TLane.StateCount == 0) launch.Visit(default(X1));
        else if (TLane.StateCount == 1) launch.Visit(default(X2));
        else launch.Visit(default(X3));
    }

    /// <summary>Queues the update once the type of the gradient's expression is known; a gradient in memory is the first input after the states.</summary>
    private readonly struct Launch<TLane>(UpdateQueue queue, UpdateSlot slot, Tensor? gradient, Tensor[] operands, UpdateChange? change, TLane lane) : ILaneVisitor where TLane : struct, IUpdateLane
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Visit<G>(G expression) where G : struct, ILaneExpression
        {
            if (change is { } asked) Add(new ChangedUpdateBody<TLane, G>(lane, expression, asked));
            else Add(new UpdateBody<TLane, G>(lane, expression));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Add<TBody>(TBody body) where TBody : struct, ILaneBody
        {
            if (slot.Parameter.DType == DType.Float32) queue.Add<TBody, float>(body, slot, gradient, operands);
            else queue.Add<TBody, double>(body, slot, gradient, operands);
        }
    }
}
