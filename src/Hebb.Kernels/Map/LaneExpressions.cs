using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>x₀: the first input of a loop.</summary>
internal readonly struct X0 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(0);
}

/// <summary>x₁: the second input of a loop.</summary>
internal readonly struct X1 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(1);
}

/// <summary>x₂: the third input of a loop.</summary>
internal readonly struct X2 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(2);
}

/// <summary>x₃: the fourth input of a loop.</summary>
internal readonly struct X3 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(3);
}

/// <summary>x₄: the fifth input of a loop.</summary>
internal readonly struct X4 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(4);
}

/// <summary>x₅: the sixth input of a loop.</summary>
internal readonly struct X5 : ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> => io.Load(5);
}

/// <summary>x₆: the seventh input of a loop.</summary>
internal readonly struct X6 : ILaneExpression
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
internal readonly struct Applied<F, A>(F f, A a) : ILaneExpression where F : struct, IUnaryLane where A : struct, ILaneExpression
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
internal readonly struct Applied<F, A, B>(F f, A a, B b) : ILaneExpression
    where F : struct, IBinaryLane where A : struct, ILaneExpression where B : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        f.Lane(a.Value<V, TIo>(ref io), b.Value<V, TIo>(ref io));
}
