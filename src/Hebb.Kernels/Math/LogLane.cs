using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// ln x and ln(1 + x). x = 2ᵉ m with m in [3/4, 3/2); with f = m - 1, ln m = f - f²/2 + f³ p(f),
/// p of least greatest relative error (2⁻²⁷ float, 2⁻⁵⁹ double); then ln x = e ln 2 + ln m with ln 2 in two parts.
/// </summary>
internal static class LogLane
{
    /// <summary>The ends come out of the arithmetic: e = ±∞ for x = ∞ and 0, m = NaN for x &lt; 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, ILane<V>
    {
        V e = V.SplitPower(x, out V m);
        return Combine(e, m - V.Of(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : struct, ILane<V>
    {
        // u + c = 1 + x, exactly up to 2^24 (2^53) and closely enough beyond. The bound turns ∞ - ∞ into a number.
        V one = V.Of(1);
        V u = one + x;
        V c = V.LessOf(x - (u - one), one);
        V e = V.SplitPower(u, out V m);
        // c · 2⁻ᵉ through bits; e = ±∞ and e > 100 give a factor so small that c vanishes.
        V power = PowerOfTwo.FromRounder(PowerOfTwo.Rounder<V>(PowerOfTwo.Bias<V>()) - V.LessOf(e, V.Of(100)));
        V y = Combine(e, V.Fma(power, c, m - one));
        // The result has the sign of x; this keeps that of -0.
        return y | (x & V.Of(-0.0));
    }

    /// <summary>e ln 2 + ln(1 + f); e times the first part of ln 2 is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Combine<V>(V e, V f) where V : struct, ILane<V>
    {
        V f2 = f * f;
        V y = V.Fma(f2, V.Fma(Cubic(f, f2), f, V.Of(-0.5)), f);
        V low = V.Fma(e, V.Of(V.IsDouble ? 5.497923018708371e-14 : 1.428606765330187e-06), y);
        return V.Fma(e, V.Of(V.IsDouble ? 0.6931471805598903 : 0.693145751953125), low);
    }

    /// <summary>p(f) = (ln(1 + f) - f + f²/2) / f³</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cubic<V>(V f, V f2) where V : struct, ILane<V>
    {
        V f4 = f2 * f2;
        if (!V.IsDouble)
        {
            V high = Polynomial.Of4(f, f2, 0.14478851854801178, -0.13163070380687714, 0.10464490205049515, -0.04507188871502876);
            return V.Fma(high, f4, Polynomial.Of4(f, f2, 0.3333345055580139, -0.2500009834766388, 0.199908047914505, -0.16647161543369293));
        }

        V p = Polynomial.Of4(f, f2, 0.05659791850058151, -0.047219392455800466, 0.026597237108560448, -0.007088771821825505);
        p = V.Fma(p, f4, Polynomial.Of4(f, f2, 0.06660702208078895, -0.062246871900664566, 0.05891856490519418, -0.05778389521506783));
        p = V.Fma(p, f4, Polynomial.Of4(f, f2, 0.09090887883444046, -0.08333329571819022, 0.07692822272996798, -0.07143930083905814));
        p = V.Fma(p, f4, Polynomial.Of4(f, f2, 0.1428571428005896, -0.12500000038466016, 0.11111111584321688, -0.09999998831404144));
        return V.Fma(p, f4, Polynomial.Of4(f, f2, 0.3333333333333327, -0.25000000000001915, 0.20000000000032392, -0.16666666666194907));
    }
}
