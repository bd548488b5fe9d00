using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>The loop of an update, compiled for a lane and for what computes the gradient.</summary>
internal abstract class UpdateLoop
{
    /// <summary>Moves some rows of a target.</summary>
    public abstract void Run(UpdateTarget target, int first, int rows);
}

/// <summary>A rule's lane with the numbers of this step.</summary>
internal sealed class LaneCell<TLane> where TLane : struct, IUpdateLane
{
    public TLane Lane;

    /// <summary>The loop that runs the lane on a target, changed by hooks if the target says so.</summary>
    public UpdateLoop LoopOf(UpdateTarget target)
    {
        Choice choice = new(this, target);
        // A gradient in memory is the first operand after the states.
        (target.Gradient ?? ElementwiseExpression.Operand(1 + target.Slot.States)).Accept(ref choice);
        return choice.Loop!;
    }

    private struct Choice(LaneCell<TLane> cell, UpdateTarget target) : ILaneVisitor
    {
        public UpdateLoop? Loop { get; private set; }

        public void Visit<G>(G gradient) where G : struct, ILaneExpression =>
            Loop = target.Operands[0].DType == DType.Float32 ? Of<G, float>(gradient) : Of<G, double>(gradient);

        private readonly UpdateLoop Of<G, T>(G gradient) where G : struct, ILaneExpression where T : unmanaged =>
            target.IsChanged ? new ChangedLoop<TLane, G, T>(cell, gradient) : new PlainLoop<TLane, G, T>(cell, gradient);
    }
}

/// <summary>A lane alone.</summary>
internal sealed class PlainLoop<TLane, G, T>(LaneCell<TLane> cell, G gradient) : UpdateLoop
    where TLane : struct, IUpdateLane where G : struct, ILaneExpression where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(UpdateTarget target, int first, int rows) =>
        target.Run<UpdateBody<TLane, G>, T>(new(cell.Lane, gradient), first, rows);
}

/// <summary>A lane between the changes that hooks ask for.</summary>
internal sealed class ChangedLoop<TLane, G, T>(LaneCell<TLane> cell, G gradient) : UpdateLoop
    where TLane : struct, IUpdateLane where G : struct, ILaneExpression where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(UpdateTarget target, int first, int rows) =>
        target.Run<ChangedUpdateBody<TLane, G>, T>(new(cell.Lane, gradient, target.Change), first, rows);
}
