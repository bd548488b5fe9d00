using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// sin, cos and tan. x = n π/2 + r with |r| ≤ π/4: where |x| is at most 2¹⁶ (float) or 2³⁰ (double), r = x - n π/2 with π/2 in three parts,
/// whose first difference is exact (Cody and Waite 1980); beyond, <see cref="HugeAngle"/> takes as many bits of 2/π as the angle needs
/// (Payne and Hanek 1983). Then sin r = r + r³ p(r²) and cos r = 1 - r²/2 + r⁴ q(r²), chosen and signed by n mod 4.
/// </summary>
internal static class TrigLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, ILane<V>
    {
        V r = Reduce(x, out V turns);
        V r2 = r * r;
        V y = V.Select(OddMask(turns), CosOfReduced(r2), SinOfReduced(r, r2)) ^ HalfTurnSign(turns);
        // ±0 gives itself.
        return V.SelectLess(V.Of(0), V.Abs(x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, ILane<V>
    {
        V r = Reduce(x, out V turns);
        V r2 = r * r;
        V y = V.Select(OddMask(turns), SinOfReduced(r, r2), CosOfReduced(r2));
        return y ^ HalfTurnSign(turns + V.Of(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tan<V>(V x) where V : struct, ILane<V>
    {
        V r = Reduce(x, out V turns);
        V r2 = r * r;
        V sin = SinOfReduced(r, r2), cos = CosOfReduced(r2), odd = OddMask(turns);
        V y = V.Select(odd, -cos, sin) / V.Select(odd, sin, cos);
        return V.SelectLess(V.Of(0), V.Abs(x), y, x);
    }

    /// <summary>
    /// sin 2πt, and cos 2πt, for |t| ≤ 2¹⁹ (float) or 2⁴⁸ (double) turns; exact multiples of a quarter turn give 0 and ±1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinOfTurns<V>(V t, out V cos) where V : struct, ILane<V>
    {
        V rounder = PowerOfTwo.Rounder<V>();
        V turns = V.Fma(t, V.Of(4), rounder);
        V r = V.Fma(turns - rounder, V.Of(-0.25), t) * V.Of(2 * Math.PI);
        V r2 = r * r, odd = OddMask(turns), sinR = SinOfReduced(r, r2), cosR = CosOfReduced(r2);
        cos = V.Select(odd, sinR, cosR) ^ HalfTurnSign(turns + V.Of(1));
        return V.Select(odd, cosR, sinR) ^ HalfTurnSign(turns);
    }

    /// <summary>r, and in the low bits of <paramref name="turns"/> n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, out V turns) where V : struct, ILane<V>
    {
        V rounder = PowerOfTwo.Rounder<V>();
        turns = V.Fma(x, V.Of(0.6366197723675814), rounder);
        V n = turns - rounder;
        V r = V.Fma(n, V.Of(V.IsDouble ? -1.5707963267948966 : -1.5707963705062866), x);
        r = V.Fma(n, V.Of(V.IsDouble ? -6.123233995736766e-17 : 4.371138828673793e-08), r);
        r = V.Fma(n, V.Of(V.IsDouble ? 1.4973849048591698e-33 : 1.7151245100058819e-15), r);
        V huge = V.Less(V.Of(V.IsDouble ? 1 << 30 : 1 << 16), V.Abs(x));
        if (V.Any(huge)) ReduceHuge(x, ref r, ref turns);
        return r;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReduceHuge<V>(V x, ref V r, ref V turns) where V : struct, ILane<V>
    {
        double rounder = V.IsDouble ? 6755399441055744.0 : 12582912.0;
        for (int i = 0; i < V.Count; i++)
        {
            double angle = V.GetLane(x, i);
            if (!(Math.Abs(angle) > (V.IsDouble ? 1 << 30 : 1 << 16))) continue;
            r = V.WithLane(r, i, HugeAngle.Reduce(angle, out int quarter));
            turns = V.WithLane(turns, i, rounder + quarter);
        }
    }

    /// <summary>Mask of odd n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OddMask<V>(V turns) where V : struct, ILane<V> => V.SubtractBits(V.Of(0), turns & V.OfBits(1));

    /// <summary>The sign bit where n mod 4 is 2 or 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfTurnSign<V>(V turns) where V : struct, ILane<V> => V.ShiftLeft(turns, V.IsDouble ? 62 : 30) & V.Of(-0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinOfReduced<V>(V r, V r2) where V : struct, ILane<V>
    {
        V r4 = r2 * r2;
        V p = V.IsDouble
            ? V.Fma(Polynomial.Of3(r2, r4, -2.505208561889988e-08, 1.6056205554042686e-10, -7.482816753155837e-13), r4 * r4,
                Polynomial.Of4(r2, r4, -0.16666666666666666, 0.008333333333333099, -0.00019841269841054584, 2.7557319127905658e-06))
            : Polynomial.Of3(r2, r4, -0.16666653752326965, 0.008332113735377789, -0.00019509416597429663);
        return V.Fma(r * r2, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosOfReduced<V>(V r2) where V : struct, ILane<V>
    {
        V r4 = r2 * r2;
        V q = V.IsDouble
            ? V.Fma(Polynomial.Of2(r2, 2.087570561041021e-09, -1.1358759197862883e-11), r4 * r4,
                Polynomial.Of4(r2, r4, 0.041666666666666595, -0.0013888888888873348, 2.480158728900757e-05, -2.7557314218700686e-07))
            : Polynomial.Of3(r2, r4, 0.04166664555668831, -0.0013887303648516536, 2.4431199562968686e-05);
        return V.Fma(r2, V.Fma(q, r2, V.Of(-0.5)), V.Of(1));
    }
}
