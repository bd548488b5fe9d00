using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Two numbers that are summed over the elements of a channel: what one pass of a normalization needs.</summary>
internal interface IChannelSums
{
    /// <summary>The contribution of one element to both sums, from the operands there and what is known of the channel.</summary>
    static abstract void Step<V>(V a, V b, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V>;
}

/// <summary>Σ x and nothing else.</summary>
internal readonly struct PlainSum : IChannelSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<V>(V a, V b, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V> => first += a;
}

/// <summary>Σ (x - mean) and Σ (x - mean)²; the first corrects the second for the rounding of the mean.</summary>
internal readonly struct Deviations : IChannelSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<V>(V a, V b, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V>
    {
        V d = a - mean;
        first += d;
        second = V.Fma(d, d, second);
    }
}

/// <summary>Σ dy and Σ dy x̂, where x̂ = (x - mean) · scale.</summary>
internal readonly struct GradientSums : IChannelSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<V>(V a, V b, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V>
    {
        first += b;
        second = V.Fma(b, (a - mean) * scale, second);
    }
}
