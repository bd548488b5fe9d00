using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// xʸ = e^(y ln |x|) with ln |x| and the product carried in two numbers each, about 2⁻³⁵ (float) or 2⁻⁶⁵ (double) relative, because the
/// exponential multiplies the absolute error of its argument. |x| = 2ᵉ m, s = (m - 1)/(m + 1), ln m = 2s + s³(2/3 + s² p(s²)).
/// </summary>
internal static class PowLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pow<V>(V x, V y) where V : struct, ILane<V>
    {
        V one = V.Of(1), zero = V.Of(0), infinity = V.Of(double.PositiveInfinity), nan = V.Of(double.NaN);
        V a = V.Abs(x);
        V high = Log(a, out V low);
        V z = y * high;
        // Beyond the limit the power is ∞ or 0 whatever the low part says, and the low part may be NaN.
        V limit = V.Of(V.IsDouble ? 800 : 160);
        V rest = V.SelectLess(V.Abs(z), limit, V.Fma(y, low, V.Fma(y, high, -z)), zero);
        V power = ExpLane.ExpOfSum(z, rest);

        // 0, ∞ as base and ∞ as exponent: the power grows without bound or vanishes, by the sign of y ln |x|.
        V grows = V.SelectLess(zero, V.SelectLess(a, one, -y, y), infinity, zero);
        V limiting = V.Equal(a, zero) | V.Equal(a, infinity) | V.Equal(V.Abs(y), infinity);
        power = V.Select(limiting, V.Select(V.Equal(a, one), one, grows), power);

        // A negative base needs a whole exponent; an odd one gives the sign.
        V half = y * V.Of(0.5);
        V whole = V.Equal(V.Round(y), y);
        V odd = whole & ~V.Equal(V.Round(half), half);
        power |= x & odd & V.Of(-0.0);
        power = V.Select(V.Less(x, zero) & V.Less(a, infinity) & ~whole, nan, power);
        power = V.Select(V.Equal(x, x) & V.Equal(y, y), power, nan);
        return V.Select(V.Equal(y, zero) | V.Equal(x, one), one, power);
    }

    /// <summary>ln a for positive finite a as the sum of two numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log<V>(V a, out V low) where V : struct, ILane<V>
    {
        V one = V.Of(1);
        V e = V.SplitPower(a, out V m);
        // s = f / (m + 1), the divisor and the quotient in two parts.
        V f = m - one, d = m + one;
        V dLow = m - (d - one);
        V inverse = one / d;
        V s = f * inverse;
        V sLow = V.Fma(-s, dLow, V.Fma(-s, d, f)) * inverse;
        V s2 = s * s;
        V s2Low = V.Fma(s + s, sLow, V.Fma(s, s, -s2));
        V s3 = s2 * s;
        V s3Low = V.Fma(s2, sLow, V.Fma(s2Low, s, V.Fma(s2, s, -s3)));
        // t = 2/3 + s² p(s²)
        V u = s2 * Fifth(s2);
        V twoThirds = V.Of(2.0 / 3);
        V t = twoThirds + u;
        V tLow = (twoThirds - t) + u + V.Of(V.IsDouble ? 3.700743415417188e-17 : -1.9868215517249155e-08);
        V c = s3 * t;
        V cLow = V.Fma(s3, tLow, V.Fma(s3Low, t, V.Fma(s3, t, -c)));
        // ln m, and e ln 2 in two parts of which the first is exact.
        V s2x = s + s;
        V y = s2x + c;
        V yLow = (s2x - y) + c + (cLow + (sLow + sLow));
        V k = e * V.Of(V.IsDouble ? 0.6931471805598903 : 0.693145751953125);
        V h = k + y;
        V hLow = (k - h) + y + V.Fma(e, V.Of(V.IsDouble ? 5.497923018708371e-14 : 1.428606765330187e-06), yLow);
        V high = h + hLow;
        low = (h - high) + hLow;
        return high;
    }

    /// <summary>(ln((1 + s)/(1 - s)) - 2s - 2s³/3) / s⁵ at z = s²</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fifth<V>(V z) where V : struct, ILane<V>
    {
        V z2 = z * z;
        if (!V.IsDouble)
        {
            return Polynomial.Of4(z, z2, 0.3999999463558197, 0.2857246398925781, 0.2215571403503418, 0.19918085634708405);
        }

        V z4 = z2 * z2;
        V p = Polynomial.Of4(z, z2, 0.15384404668819612, 0.13341200536130154, 0.11591519240917253, 0.1257659262965735);
        return V.Fma(p, z4, Polynomial.Of4(z, z2, 0.3999999999999972, 0.28571428571579854, 0.22222222190803603, 0.18181821565679163));
    }
}
