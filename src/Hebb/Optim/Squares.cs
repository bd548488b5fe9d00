using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>Squares of gradients that stay finite.</summary>
internal static class Squares
{
    /// <summary>
    /// g, brought to at most 1e19 in size (1e154 in float64): the square of a larger one would be infinite, and a step that it divides 0.
    /// NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bounded<V>(V g) where V : struct, ILane<V>
    {
        V limit = V.OfBits(V.IsDouble ? BitConverter.DoubleToInt64Bits(1e154) : BitConverter.SingleToInt32Bits(1e19f));
        return V.LessOf(limit, V.GreaterOf(-limit, g));
    }

    /// <summary>A sum of squares, of at most 1e38 (1e308 in float64): it stays finite however many there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BoundedSum<V>(V sum) where V : struct, ILane<V> =>
        V.LessOf(V.OfBits(V.IsDouble ? BitConverter.DoubleToInt64Bits(1e308) : BitConverter.SingleToInt32Bits(1e38f)), sum);
}
