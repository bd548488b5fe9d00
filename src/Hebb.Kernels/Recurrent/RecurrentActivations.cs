using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A function of a cell whose slope can be told from its value.</summary>
internal interface IRecurrentActivation : IUnaryLane
{
    /// <summary>f'(x) where y = f(x).</summary>
    V Slope<V>(V y) where V : struct, ILane<V>;
}

/// <summary>tanh x, with the slope 1 - y².</summary>
internal readonly struct TanhActivation : IRecurrentActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V> => V.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Slope<V>(V y) where V : struct, ILane<V> => V.Fma(-y, y, V.Of(1));
}

/// <summary>σ(x), with the slope y (1 - y).</summary>
internal readonly struct SigmoidActivation : IRecurrentActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V> => V.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Slope<V>(V y) where V : struct, ILane<V> => y * (V.Of(1) - y);
}

/// <summary>max(0, x), with the slope 0 at 0; NaN passes on.</summary>
internal readonly struct ReluActivation : IRecurrentActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V> => V.Max(x, V.Of(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Slope<V>(V y) where V : struct, ILane<V> => V.Select(V.LessOrEqual(y, V.Of(0)), V.Of(0), V.Of(1));
}
