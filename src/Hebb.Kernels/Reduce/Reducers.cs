using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = Σ xᵢ; 0 of no numbers.</summary>
internal readonly struct SumLane : IReduceLane<SumLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<V>() where V : struct, ILane<V> => V.Of(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Join<V>(V a, V b) where V : struct, ILane<V> => a + b;
}

/// <summary>y = Σ xᵢ²; 0 of no numbers.</summary>
internal readonly struct SumOfSquaresLane : IReduceLane<SumOfSquaresLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<V>() where V : struct, ILane<V> => V.Of(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(V a, V x) where V : struct, ILane<V> => V.Fma(x, x, a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Join<V>(V a, V b) where V : struct, ILane<V> => a + b;
}

/// <summary>y = Σ |xᵢ|; 0 of no numbers.</summary>
internal readonly struct SumOfAbsolutesLane : IReduceLane<SumOfAbsolutesLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<V>() where V : struct, ILane<V> => V.Of(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(V a, V x) where V : struct, ILane<V> => a + V.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Join<V>(V a, V b) where V : struct, ILane<V> => a + b;
}

/// <summary>y = Π xᵢ; 1 of no numbers.</summary>
internal readonly struct ProductLane : IReduceLane<ProductLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<V>() where V : struct, ILane<V> => V.Of(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Join<V>(V a, V b) where V : struct, ILane<V> => a * b;
}

/// <summary>y = max xᵢ; NaN when any is NaN, -∞ of no numbers.</summary>
internal readonly struct MaxLane : IReduceLane<MaxLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<V>() where V : struct, ILane<V> => V.Of(double.NegativeInfinity);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Join<V>(V a, V b) where V : struct, ILane<V> => V.Max(a, b);
}

/// <summary>y = min xᵢ; NaN when any is NaN, +∞ of no numbers.</summary>
internal readonly struct MinLane : IReduceLane<MinLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Start<V>() where V : struct, ILane<V> => V.Of(double.PositiveInfinity);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Join<V>(V a, V b) where V : struct, ILane<V> => V.Min(a, b);
}
