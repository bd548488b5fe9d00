using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// eˣ, eˣ - 1 and eˣ - 1 - x. With n = round(x / ln 2) and r = x - n ln 2 in two parts, e^r - 1 = r + r² q(r) where q is the polynomial
/// of least greatest relative error on |r| ≤ ln 2 / 2 (error 2⁻²⁶ float, 2⁻⁶¹ double); then eˣ = 2ⁿ (1 + (e^r - 1)).
/// </summary>
internal static class ExpLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, ILane<V> => ExpOfNegative(Bounded(x));

    /// <summary>eˣ for x ≤ 0 (or NaN): one bound less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfNegative<V>(V x) where V : struct, ILane<V>
    {
        V y = V.GreaterOf(Floor<V>(), x), n = Whole(y);
        return Scaled(x, Reduce(y, n), n);
    }

    /// <summary>e^(x + low) for a low that is small beside an ulp of x or of 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfSum<V>(V x, V low) where V : struct, ILane<V>
    {
        x = Bounded(x);
        V y = V.GreaterOf(Floor<V>(), x), n = Whole(y);
        return Scaled(x, Reduce(y, n) + low, n);
    }

    /// <summary>x, but no more than where eˣ is already infinite; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Bounded<V>(V x) where V : struct, ILane<V> => V.LessOf(V.Of(V.IsDouble ? 710 : 89), x);

    /// <summary>Where eˣ is less than half of the smallest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Floor<V>() where V : struct, ILane<V> => V.Of(V.IsDouble ? -745.14 : -103.9721);

    /// <summary>n = round(x / ln 2)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Whole<V>(V x) where V : struct, ILane<V>
    {
        V rounder = PowerOfTwo.Rounder<V>();
        return V.Fma(x, V.Of(Log2E), rounder) - rounder;
    }

    /// <summary>
    /// 2ⁿ e^r, and 0 below the floor: made of 0 that is exact, while a product that underflows takes some processors a hundred cycles.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled<V>(V x, V r, V n) where V : struct, ILane<V> =>
        V.ScaleByPower(V.SelectLess(x, Floor<V>(), V.Of(0), Expm1OfReduced(r) + V.Of(1)), n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, ILane<V>
    {
        V y = V.GreaterOf(V.Of(V.IsDouble ? -40 : -20), V.LessOf(V.Of(V.IsDouble ? 710 : 89), x));
        V n = Whole(y);
        // 2ⁿ (e^r - 1 + 1 - 2⁻ⁿ): 2ⁿ itself may be too large for a number of its own, and below 2⁻¹⁰⁰ the term vanishes.
        V inverse = PowerOfTwo.FromRounder(PowerOfTwo.Rounder<V>(PowerOfTwo.Bias<V>()) - V.LessOf(n, V.Of(100)));
        V z = V.ScaleByPower(Expm1OfReduced(Reduce(y, n)) + (V.Of(1) - inverse), n);
        // The result has the sign of x; this keeps that of -0.
        return z | (x & V.Of(-0.0));
    }

    /// <summary>eˣ - 1 - x: near 0 from the polynomial, before x is added to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Remainder<V>(V x) where V : struct, ILane<V>
    {
        V x2 = x * x;
        // The bound keeps ∞ - ∞ away.
        return V.SelectLess(V.Abs(x), V.Of(HalfLog2), x2 * Quadratic(x, x2), Expm1(x) - Bounded(x));
    }

    /// <summary>
    /// eˣ - 1 and eˣ + 1 for x ≤ 0 (or NaN), each rounded once from the same e^r - 1, so that their quotient is accurate.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusAndPlusOne<V>(V x, out V plus) where V : struct, ILane<V>
    {
        x = V.GreaterOf(V.Of(V.IsDouble ? -80 : -40), x);
        V rounder = PowerOfTwo.Rounder<V>(PowerOfTwo.Bias<V>());
        V t = V.Fma(x, V.Of(Log2E), rounder);
        V p = Expm1OfReduced(Reduce(x, t - rounder));
        V scale = PowerOfTwo.FromRounder(t);
        plus = V.Fma(scale, p, scale + V.Of(1));
        return V.Fma(scale, p, scale - V.Of(1));
    }

    private const double Log2E = 1.4426950408889634;

    /// <summary>ln 2 / 2, to which the polynomial reaches.</summary>
    private const double HalfLog2 = 0.34657359027997264;

    /// <summary>x - n ln 2; the first part of ln 2 has so few bits that n times it is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, V n) where V : struct, ILane<V>
    {
        V r = V.Fma(n, V.Of(V.IsDouble ? -0.6931471805598903 : -0.693145751953125), x);
        return V.Fma(n, V.Of(V.IsDouble ? -5.497923018708371e-14 : -1.428606765330187e-06), r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Expm1OfReduced<V>(V r) where V : struct, ILane<V>
    {
        V r2 = r * r;
        return V.Fma(r2, Quadratic(r, r2), r);
    }

    /// <summary>q(r) = (e^r - 1 - r) / r²</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quadratic<V>(V r, V r2) where V : struct, ILane<V>
    {
        if (!V.IsDouble)
        {
            V low = Polynomial.Of2(r, 0.4999999701976776, 0.1666654348373413);
            return V.Fma(Polynomial.Of3(r, r2, 0.041667502373456955, 0.008366551250219345, 0.0013864603824913502), r2, low);
        }

        V r4 = r2 * r2;
        V q = Polynomial.Of3(r, r2, 2.7557352930530907e-07, 2.5109186550718382e-08, 2.0889491970509014e-09);
        q = V.Fma(q, r4, Polynomial.Of4(
            r, r2, 0.0013888888888923822, 0.00019841269886571017, 2.4801587237482767e-05, 2.755724377516546e-06));
        return V.Fma(q, r4, Polynomial.Of4(r, r2, 0.5, 0.16666666666666677, 0.04166666666666661, 0.008333333333321443));
    }
}
