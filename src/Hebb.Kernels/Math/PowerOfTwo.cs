using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Powers of two made from the bits of a float or double: what every range reduction here ends with.</summary>
internal static class PowerOfTwo
{
    /// <summary>Bits of the stored significand: 23 or 52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SignificandBits<V>() where V : struct, ILane<V> => V.IsDouble ? 52 : 23;

    /// <summary>
    /// 1.5 · 2²³ or 1.5 · 2⁵². Added to a small number it leaves that number, rounded to a whole one (halves to even), in the low bits;
    /// taking it away again gives the whole number. With <paramref name="bias"/> the low bits hold n + bias instead.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Rounder<V>(int bias = 0) where V : struct, ILane<V> => V.Of((V.IsDouble ? 6755399441055744.0 : 12582912.0) + bias);

    /// <summary>The exponent bias, 127 or 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bias<V>() where V : struct, ILane<V> => V.IsDouble ? 1023 : 127;

    /// <summary>2ⁿ from t = n + Rounder(Bias), for normal 2ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FromRounder<V>(V t) where V : struct, ILane<V> => V.ShiftLeft(t, SignificandBits<V>());

    /// <summary>
    /// a · 2ⁿ as two products. The first is exact for <see cref="ILane{V}.ScaleByPower"/>'s arguments, so the result is rounded once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ScaleTwice<V>(V a, V n) where V : struct, ILane<V>
    {
        V rounder = Rounder<V>(Bias<V>());
        V half = V.Fma(n, V.Of(0.5), rounder);
        V rest = (n - (half - rounder)) + rounder;
        return a * FromRounder(half) * FromRounder(rest);
    }

    /// <summary><see cref="ILane{V}.SplitPower"/> from the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SplitBits<V>(V x, out V significand) where V : struct, ILane<V>
    {
        V zero = V.Of(0), infinity = V.Of(double.PositiveInfinity);
        // Subnormal numbers are scaled into the normal range first.
        V subnormal = V.Less(x, V.OfBits(1L << SignificandBits<V>()));
        V normal = V.Select(subnormal, x * V.Of(V.IsDouble ? 18014398509481984.0 : 33554432.0), x);
        // Adding the distance from 3/4 to 1 carries into the exponent exactly where the significand is 3/2 or more.
        long threeQuarters = V.IsDouble ? 0x3FE8000000000000 : 0x3F400000;
        long one = V.IsDouble ? 0x3FF0000000000000 : 0x3F800000;
        V moved = V.AddBits(normal, V.OfBits(one - threeQuarters));
        V m = V.AddBits(moved & V.OfBits((1L << SignificandBits<V>()) - 1), V.OfBits(threeQuarters));
        // The biased exponent, put under the significand of 2⁵² (2²³), reads 2⁵² + biased.
        double big = V.IsDouble ? 4503599627370496.0 : 8388608.0;
        V e = (V.ShiftRight(moved, SignificandBits<V>()) | V.Of(big)) - V.Of(big + Bias<V>());
        e -= subnormal & V.Of(V.IsDouble ? 54 : 25);

        V ordinary = V.Less(zero, x) & V.Less(x, infinity);
        V negative = V.Less(x, zero), isZero = V.Equal(x, zero);
        significand = V.Select(ordinary, m, V.Select(isZero | V.Equal(x, infinity), V.Of(1), V.Select(negative, V.Of(double.NaN), x)));
        return V.Select(ordinary, e, V.Select(isZero, -infinity, V.Select(negative, infinity, x)));
    }

    /// <summary>The exponent of x, given that of its leading bit and a significand that was halved where that fell below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CountHalving<V>(V exponent, V significand) where V : struct, ILane<V> =>
        V.SelectLess(significand, V.Of(1), exponent + V.Of(1), exponent);
}
