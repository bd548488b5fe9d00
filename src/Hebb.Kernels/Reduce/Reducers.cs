using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = Σ xᵢ; 0 of no numbers.</summary>
public readonly struct SumLane : IReduceLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Start<V>() where V : struct, ILane<V> => V.Of(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V a, V x) where V : struct, ILane<V> => a + x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Join<V>(V a, V b) where V : struct, ILane<V> => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V>(V a) where V : struct, ILane<V> => a;
}

/// <summary>y = Σ xᵢ²; 0 of no numbers.</summary>
public readonly struct SumOfSquaresLane : IReduceLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Start<V>() where V : struct, ILane<V> => V.Of(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V a, V x) where V : struct, ILane<V> => V.Fma(x, x, a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Join<V>(V a, V b) where V : struct, ILane<V> => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V>(V a) where V : struct, ILane<V> => a;
}

/// <summary>y = Σ |xᵢ|; 0 of no numbers.</summary>
public readonly struct SumOfAbsolutesLane : IReduceLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Start<V>() where V : struct, ILane<V> => V.Of(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V a, V x) where V : struct, ILane<V> => a + V.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Join<V>(V a, V b) where V : struct, ILane<V> => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V>(V a) where V : struct, ILane<V> => a;
}

/// <summary>y = Π xᵢ; 1 of no numbers.</summary>
public readonly struct ProductLane : IReduceLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Start<V>() where V : struct, ILane<V> => V.Of(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V a, V x) where V : struct, ILane<V> => a * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Join<V>(V a, V b) where V : struct, ILane<V> => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V>(V a) where V : struct, ILane<V> => a;
}

/// <summary>y = max xᵢ; NaN when any is NaN, -∞ of no numbers.</summary>
public readonly struct MaxLane : IReduceLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Start<V>() where V : struct, ILane<V> => V.Of(double.NegativeInfinity);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V a, V x) where V : struct, ILane<V> => V.Max(a, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Join<V>(V a, V b) where V : struct, ILane<V> => V.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V>(V a) where V : struct, ILane<V> => a;
}

/// <summary>y = min xᵢ; NaN when any is NaN, +∞ of no numbers.</summary>
public readonly struct MinLane : IReduceLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Start<V>() where V : struct, ILane<V> => V.Of(double.PositiveInfinity);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V a, V x) where V : struct, ILane<V> => V.Min(a, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Join<V>(V a, V b) where V : struct, ILane<V> => V.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V>(V a) where V : struct, ILane<V> => a;
}
