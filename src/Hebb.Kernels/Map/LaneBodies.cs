using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = the value of an expression, as a body.</summary>
/// <typeparam name="E">The expression.</typeparam>
/// <param name="expression">The expression.</param>
internal readonly struct Stored<E>(E expression) : ILaneBody where E : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        io.Store(0, expression.Value<V, TIo>(ref io));
}

/// <summary>y = f(a, b, c) as a body.</summary>
internal readonly struct TernaryBody<TOp>(TOp op) : ILaneBody where TOp : struct, ITernaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        io.Store(0, op.Lane(io.Load(0), io.Load(1), io.Load(2)));
}
