using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// An elementwise function of up to seven operands, composed of ops' lane functions: each op adds itself with its own type, so that the
/// loop over the whole is compiled as one, and nothing is looked up by reflection.
/// </summary>
public abstract class ElementwiseExpression
{
    /// <summary>The most operands that a tree can have.</summary>
    internal const int MaxOperands = Loop.MaxOperands - 1;

    private protected ElementwiseExpression() { }

    /// <summary>One operand as it is.</summary>
    internal static ElementwiseExpression Operand(int k) => k switch
    {
        0 => new ElementwiseExpression<X0>(default),
        1 => new ElementwiseExpression<X1>(default),
        2 => new ElementwiseExpression<X2>(default),
        3 => new ElementwiseExpression<X3>(default),
        4 => new ElementwiseExpression<X4>(default),
        5 => new ElementwiseExpression<X5>(default),
        6 => new ElementwiseExpression<X6>(default),
        _ => throw new ArgumentOutOfRangeException(
            nameof(k), $"Operand {k} of a loop was asked for, but a loop has {MaxOperands} inputs at most; cut the expression."),
    };

    /// <summary>f of this.</summary>
    public abstract ElementwiseExpression Then<F>(F f) where F : struct, IUnaryLane;

    /// <summary>f of this and another tree of the same operands.</summary>
    public abstract ElementwiseExpression With<F>(F f, ElementwiseExpression right) where F : struct, IBinaryLane;

    /// <summary>f of another tree, whose type is known, and this.</summary>
    internal abstract ElementwiseExpression After<F, A>(F f, A left) where F : struct, IBinaryLane where A : struct, ILaneExpression;

    /// <summary>Shows the expression to someone who needs its type.</summary>
    internal abstract void Accept<TVisitor>(ref TVisitor visitor) where TVisitor : struct, ILaneVisitor;

    /// <summary>The kernel of a loop that computes it.</summary>
    internal abstract Kernel Bind(ref OpCall call);

    /// <summary>
    /// The kernel of an op that ends with this function of each element of its first result and, if there is another operand, of the call's
    /// last.
    /// </summary>
    internal abstract Kernel Bind(IActivated op, bool hasOther, ref OpCall call);
}

/// <summary>A tree whose type holds all of it.</summary>
internal sealed class ElementwiseExpression<E>(E expression) : ElementwiseExpression where E : struct, ILaneExpression
{
    public override ElementwiseExpression Then<F>(F f) => new ElementwiseExpression<Applied<F, E>>(new Applied<F, E>(f, expression));

    public override ElementwiseExpression With<F>(F f, ElementwiseExpression right) => right.After(f, expression);

    internal override ElementwiseExpression After<F, A>(F f, A left) =>
        new ElementwiseExpression<Applied<F, A, E>>(new Applied<F, A, E>(f, left, expression));

    internal override void Accept<TVisitor>(ref TVisitor visitor) => visitor.Visit(expression);

    internal override Kernel Bind(ref OpCall call) => ElementTypes.Float(new LaneLoop<E>(expression), call.FloatType, ref call);

    internal override Kernel Bind(IActivated op, bool hasOther, ref OpCall call) => hasOther
        ? ElementTypes.Float(new PairActivated((IPairActivated)op, expression), call.FloatType, ref call)
        : ElementTypes.Float(new Activated(op, expression), call.FloatType, ref call);

    private readonly struct PairActivated(IPairActivated op, E expression) : IFloatKernel
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call) =>
            op.BindPair<T, ExpressionPair<E>>(ref call, new(expression), hasOther: true);
    }

    private readonly struct Activated(IActivated op, E expression) : IFloatKernel
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call) => op.Bind<T, ExpressionLane<E>>(ref call, new(expression));
    }
}
