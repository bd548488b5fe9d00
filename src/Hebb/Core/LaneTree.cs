using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// An elementwise function of up to seven operands, composed of ops' lane functions: each op adds itself with its own type, so that the loop over the whole
/// is compiled as one, and nothing is looked up by reflection.
/// </summary>
public abstract class LaneTree
{
    /// <summary>The most operands that a tree can have.</summary>
    internal const int MaxOperands = Loop.MaxOperands - 1;

    private protected LaneTree() { }

    /// <summary>One operand as it is.</summary>
    internal static LaneTree Operand(int k) => k switch
    {
        0 => new LaneTree<X0>(default),
        1 => new LaneTree<X1>(default),
        2 => new LaneTree<X2>(default),
        3 => new LaneTree<X3>(default),
        4 => new LaneTree<X4>(default),
        5 => new LaneTree<X5>(default),
        6 => new LaneTree<X6>(default),
        _ => throw new ArgumentOutOfRangeException(nameof(k), $"Operand {k} of a loop was asked for, but a loop has {MaxOperands} inputs at most; cut the expression."),
    };

    /// <summary>f of this.</summary>
    public abstract LaneTree Then<F>(F f) where F : struct, IUnaryLane;

    /// <summary>f of this and another tree of the same operands.</summary>
    public abstract LaneTree With<F>(F f, LaneTree right) where F : struct, IBinaryLane;

    /// <summary>f of another tree, whose type is known, and this.</summary>
    internal abstract LaneTree After<F, A>(F f, A left) where F : struct, IBinaryLane where A : struct, ILaneExpression;

    /// <summary>Shows the expression to someone who needs its type.</summary>
    internal abstract void Accept<TVisitor>(ref TVisitor visitor) where TVisitor : struct, ILaneVisitor;

    /// <summary>The loop over tensors whose layouts stay, as something to run again and again.</summary>
    internal abstract Action Bind(Tensor[] inputs, Tensor output);

    /// <summary>An op that ends with this function of each of its results, on tensors whose layouts stay.</summary>
    internal abstract Action Bind(IActivated op, Tensor[] inputs, Tensor[] outputs);
}

/// <summary>A tree whose type holds all of it.</summary>
internal sealed class LaneTree<E>(E expression) : LaneTree where E : struct, ILaneExpression
{
    public override LaneTree Then<F>(F f) => new LaneTree<Applied<F, E>>(new Applied<F, E>(f, expression));

    public override LaneTree With<F>(F f, LaneTree right) => right.After(f, expression);

    internal override LaneTree After<F, A>(F f, A left) => new LaneTree<Applied<F, A, E>>(new Applied<F, A, E>(f, left, expression));

    internal override void Accept<TVisitor>(ref TVisitor visitor) => visitor.Visit(expression);

    internal override Action Bind(Tensor[] inputs, Tensor output) => output.DType == DType.Float32
        ? new LaneRun<E, float>(expression, inputs, output).Run
        : new LaneRun<E, double>(expression, inputs, output).Run;

    internal override Action Bind(IActivated op, Tensor[] inputs, Tensor[] outputs) => op.Bind(inputs, outputs, new ExpressionLane<E>(expression));
}

/// <summary>A loop over tensors whose layouts stay: how to walk them is found once.</summary>
internal sealed class LaneRun<E, T>(E expression, Tensor[] inputs, Tensor output) where E : struct, ILaneExpression where T : unmanaged
{
    private readonly Loop _loop = Elementwise.Walk([.. inputs, output]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        Operands<T> operands = default;
        foreach (Tensor input in inputs) operands.Read(input.Span<T>());
        operands.Write(output.Span<T>());
        Map.Run(new Stored<E>(expression), _loop, operands);
    }
}
