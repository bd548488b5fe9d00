using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// An expression of x₀ alone as a function of one register:
/// what a matrix product or a convolution does to its results before it stores them.
/// </summary>
/// <typeparam name="E">The expression.</typeparam>
/// <param name="expression">The expression.</param>
internal readonly struct ExpressionLane<E>(E expression) : IUnaryLane where E : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V> => new ExpressionPair<E>(expression).Lane(x, x);
}

/// <summary>An expression of x₀ and x₁ as a function of two registers.</summary>
/// <typeparam name="E">The expression.</typeparam>
/// <param name="expression">The expression.</param>
internal readonly struct ExpressionPair<E>(E expression) : IBinaryLane where E : struct, ILaneExpression
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x, V y) where V : struct, ILane<V>
    {
        TwoRegisters<V> io = new(x, y);
        return expression.Value<V, TwoRegisters<V>>(ref io);
    }

    private readonly struct TwoRegisters<V>(V x, V y) : ILaneIo<V> where V : struct, ILane<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Load(int input) => input == 0 ? x : y;

        public void Store(int output, V value) =>
            throw new InvalidOperationException("An expression stored a result of its own; only the loop around it stores.");
    }
}

/// <summary>A function of two registers that looks at the first only, so that the second need not be read.</summary>
internal interface IOfFirst;

/// <summary>f of the first of two registers.</summary>
/// <typeparam name="F">The function.</typeparam>
/// <param name="f">The function.</param>
internal readonly struct FirstOfPair<F>(F f) : IBinaryLane, IOfFirst where F : struct, IUnaryLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x, V y) where V : struct, ILane<V> => f.Lane(x);
}
