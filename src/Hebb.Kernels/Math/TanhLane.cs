using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>tanh x = (1 - e^(-2|x|)) / (1 + e^(-2|x|)) with the sign of x.</summary>
internal static class TanhLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, ILane<V>
    {
        V sign = x & V.Of(-0.0);
        V negative = x | V.Of(-0.0);
        V minus = ExpLane.ExpMinusAndPlusOne(negative + negative, out V plus);
        // The numerator is never positive: taking its sign away leaves |tanh x|.
        return V.Abs(minus / plus) | sign;
    }
}
