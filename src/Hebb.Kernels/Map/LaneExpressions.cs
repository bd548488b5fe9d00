using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A function of the inputs of a loop at one place. Expressions are composed as types, so that a loop over a composed one contains all of its parts.</summary>
/// <remarks>Implement it in a struct and mark <see cref="Value"/> with <c>AggressiveInlining</c>.</remarks>
public interface ILaneExpression
{
    /// <summary>The function's value.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <typeparam name="TIo">Where to read.</typeparam>
    /// <param name="io">Where to read.</param>
    /// <returns>One register of values.</returns>
    V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>;
}

/// <summary>x₀: the first input of a loop.</summary>
public readonly struct X0 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(0);
}

/// <summary>x₁: the second input of a loop.</summary>
public readonly struct X1 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(1);
}

/// <summary>x₂: the third input of a loop.</summary>
public readonly struct X2 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(2);
}

/// <summary>x₃: the fourth input of a loop.</summary>
public readonly struct X3 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(3);
}

/// <summary>x₄: the fifth input of a loop.</summary>
public readonly struct X4 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(4);
}

/// <summary>x₅: the sixth input of a loop.</summary>
public readonly struct X5 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(5);
}

/// <summary>x₆: the seventh input of a loop.</summary>
public readonly struct X6 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(6);
}

/// <summary>f(a), where a is an expression.</summary>
/// <typeparam name="F">The function.</typeparam>
/// <typeparam name="A">What it is applied to.</typeparam>
/// <param name="f">The function.</param>
/// <param name="a">What it is applied to.</param>
public readonly struct Applied<F, A>(F f, A a) : ILaneExpression where F : struct, IUnaryLane where A : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => f.Lane(a.Value<V, TIo>(ref io));
}

/// <summary>f(a, b), where a and b are expressions.</summary>
/// <typeparam name="F">The function.</typeparam>
/// <typeparam name="A">What it is applied to first.</typeparam>
/// <typeparam name="B">What it is applied to second.</typeparam>
/// <param name="f">The function.</param>
/// <param name="a">What it is applied to first.</param>
/// <param name="b">What it is applied to second.</param>
public readonly struct Applied<F, A, B>(F f, A a, B b) : ILaneExpression
    where F : struct, IBinaryLane where A : struct, ILaneExpression where B : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        f.Lane(a.Value<V, TIo>(ref io), b.Value<V, TIo>(ref io));
}

/// <summary>y = the value of an expression, as a body.</summary>
/// <typeparam name="E">The expression.</typeparam>
/// <param name="expression">The expression.</param>
public readonly struct Stored<E>(E expression) : ILaneBody where E : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Store(0, expression.Value<V, TIo>(ref io));
}

/// <summary>An expression of x₀ alone as a function of one register: what a matrix product or a convolution does to its results before it stores them.</summary>
/// <typeparam name="E">The expression.</typeparam>
/// <param name="expression">The expression.</param>
public readonly struct ExpressionLane<E>(E expression) : IUnaryLane where E : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V>
    {
        OneRegister<V> io = new(x);
        return expression.Value<V, OneRegister<V>>(ref io);
    }

    private readonly struct OneRegister<V>(V x) : ILaneIo<V> where V : struct, ILane<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Load(int input) => x;

        public void Store(int output, V value) => throw new InvalidOperationException("An expression stored a result of its own; only the loop around it stores.");
    }
}

/// <summary>y = f(a, b, c) as a body.</summary>
internal readonly struct TernaryBody<TOp>(TOp op) : ILaneBody where TOp : struct, ITernaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        io.Store(0, op.Lane(io.Load(0), io.Load(1), io.Load(2)));
}
