using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>σ(x) = 1 / (1 + e⁻ˣ), computed from e^(-|x|) so that it neither overflows nor loses the tail.</summary>
internal static class SigmoidLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, ILane<V>
    {
        V e = ExpLane.ExpOfNegative(x | V.Of(-0.0));
        V one = V.Of(1);
        return V.SelectLess(x, V.Of(0), e, one) / (one + e);
    }
}
