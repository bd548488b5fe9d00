using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// softplus(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + e^(-|x|)), and ln σ(x) = -softplus(-x). ln(1 + u) = u + u² p(u) on [0, 1] (relative error
/// 2⁻²⁷ float, 2⁻⁵⁹ double).
/// </summary>
internal static class SoftplusLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : struct, ILane<V> =>
        V.GreaterOf(V.Of(0), x) + Log1pOfUnit(ExpLane.ExpOfNegative(x | V.Of(-0.0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogSigmoid<V>(V x) where V : struct, ILane<V> =>
        V.LessOf(V.Of(0), x) - Log1pOfUnit(ExpLane.ExpOfNegative(x | V.Of(-0.0)));

    /// <summary>ln(1 + u) for u in [0, 1] (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1pOfUnit<V>(V u) where V : struct, ILane<V> => V.Fma(u * u, Quadratic(u), u);

    /// <summary>(ln(1 + u) - u) / u²</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quadratic<V>(V u) where V : struct, ILane<V>
    {
        V u2 = u * u;
        V u4 = u2 * u2;
        if (!V.IsDouble)
        {
            V q = V.Of(-0.003312749555334449);
            q = V.Fma(q, u4, Polynomial.Of4(u, u2, -0.15351788699626923, 0.1067485436797142, -0.05761134624481201, 0.020177677273750305));
            return V.Fma(q, u4, Polynomial.Of4(u, u2, -0.4999993145465851, 0.3333047926425934, -0.2495829463005066, 0.19694040715694427));
        }

        V p = V.Of(-1.6580758256259167e-05);
        p = V.Fma(p, u4, Polynomial.Of4(u, u2, -0.01080149635996382, 0.004136825637485586, -0.0011386705407883124, 0.00019925224955461568));
        p = V.Fma(p, u4, Polynomial.Of4(u, u2, -0.06310127439889529, 0.05037943809822714, -0.03586516063027384, 0.02179814847723954));
        p = V.Fma(p, u4, Polynomial.Of4(u, u2, -0.0999262582135648, 0.09057398689999094, -0.08212430415480027, 0.07340950334964369));
        p = V.Fma(p, u4, Polynomial.Of4(u, u2, -0.16666665570651873, 0.14285698284285317, -0.12499834474767484, 0.11109845566913429));
        return V.Fma(p, u4, Polynomial.Of4(u, u2, -0.499999999999999, 0.3333333333331359, -0.24999999998614036, 0.19999999949955594));
    }
}
