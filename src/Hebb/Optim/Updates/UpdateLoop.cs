using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>The loop of an update, compiled for a lane and for what computes the gradient.</summary>
internal abstract class UpdateLoop
{
    /// <summary>Moves some rows of a target.</summary>
    public abstract void Run(UpdateTarget target, int first, int rows);
}

/// <summary>The loop of a kind of lane, whose numbers change from step to step.</summary>
internal abstract class UpdateLoop<TLane> : UpdateLoop where TLane : struct, IUpdateLane
{
    /// <summary>The loop for a target, changed by hooks if that is what the target says.</summary>
    public static UpdateLoop<TLane> Of(UpdateTarget target)
    {
        Choice choice = new(target);
        if (target.Gradient is { } tree) tree.Accept(ref choice);
        // A gradient in memory is the first operand after the states.
        else if (TLane.StateCount == 0) choice.Visit(default(X1));
        else if (TLane.StateCount == 1) choice.Visit(default(X2));
        else choice.Visit(default(X3));
        return choice.Loop!;
    }

    /// <summary>Takes the numbers of a step.</summary>
    public abstract void Set(TLane lane, in UpdateChange change);

    private struct Choice(UpdateTarget target) : ILaneVisitor
    {
        public UpdateLoop<TLane>? Loop { get; private set; }

        public void Visit<G>(G gradient) where G : struct, ILaneExpression =>
            Loop = target.Operands[0].DType == DType.Float32 ? Of<G, float>(gradient) : Of<G, double>(gradient);

        private readonly UpdateLoop<TLane> Of<G, T>(G gradient) where G : struct, ILaneExpression where T : unmanaged =>
            target.IsChanged ? new ChangedLoop<TLane, G, T>(gradient) : new PlainLoop<TLane, G, T>(gradient);
    }
}

/// <summary>A lane alone.</summary>
internal sealed class PlainLoop<TLane, G, T>(G gradient) : UpdateLoop<TLane>
    where TLane : struct, IUpdateLane where G : struct, ILaneExpression where T : unmanaged
{
    private UpdateBody<TLane, G> _body;

    public override void Set(TLane lane, in UpdateChange change) => _body = new(lane, gradient);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(UpdateTarget target, int first, int rows) => target.Run<UpdateBody<TLane, G>, T>(_body, first, rows);
}

/// <summary>A lane between the changes that hooks ask for.</summary>
internal sealed class ChangedLoop<TLane, G, T>(G gradient) : UpdateLoop<TLane>
    where TLane : struct, IUpdateLane where G : struct, ILaneExpression where T : unmanaged
{
    private ChangedUpdateBody<TLane, G> _body;

    public override void Set(TLane lane, in UpdateChange change) => _body = new(lane, gradient, change);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(UpdateTarget target, int first, int rows) => target.Run<ChangedUpdateBody<TLane, G>, T>(_body, first, rows);
}
