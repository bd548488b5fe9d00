using System.Numerics;

namespace Hebb.Kernels;

/// <summary>
/// Angles of any size, reduced to a quarter turn with integers: x · 2/π modulo 4 needs only the 192 bits of 2/π that meet the significand
/// of x (M. Payne and R. Hanek, "Radian reduction for trigonometric functions", 1983).
/// </summary>
internal static class HugeAngle
{
    /// <summary>2/π in words of 64 bits after the point, with a word of zeros in front.</summary>
    private static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0,
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
        0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
        0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
        0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>r and n mod 4 with x = n π/2 + r and |r| ≤ π/4, r rounded once; NaN for an infinite x. For |x| ≥ 1.</summary>
    public static double Reduce(double x, out int quarter)
    {
        quarter = 0;
        if (!double.IsFinite(x)) return double.NaN;
        long bits = BitConverter.DoubleToInt64Bits(x);
        ulong significand = ((ulong)bits & 0xFFFFFFFFFFFFF) | 0x10000000000000;
        int exponent = (int)((bits >> 52) & 0x7FF) - 1075;

        // |x| = significand · 2^exponent. Bits of 2/π whose product is a multiple of 4 are left out: start at bit exponent - 1 (from 1).
        int start = exponent - 2 + 64;
        ulong a = Window(start), b = Window(start + 64), c = Window(start + 128);
        // The product modulo 2^192 reads: 2 bits of n, 190 bits of fraction.
        ulong high = Math.BigMul(significand, c, out _);
        ulong middleHigh = Math.BigMul(significand, b, out ulong middle);
        middle += high;
        if (middle < high) middleHigh++;
        ulong top = significand * a + middleHigh;

        int n = (int)(top >> 62);
        ulong fraction = (top << 2) | (middle >> 62), rest = middle << 2;
        bool negative = (long)fraction < 0;
        if (negative)
        {
            // The nearer quarter turn is the next one; what is left is negative.
            n++;
            fraction = ~fraction;
            rest = ~rest;
        }

        int zeros = BitOperations.LeadingZeroCount(fraction);
        if (zeros > 0) fraction = (fraction << zeros) | (rest >> (64 - zeros));
        // 53 bits and the next 11, as fractions of a quarter turn.
        double turn = Math.ScaleB((double)(fraction >> 11), -53 - zeros);
        double turnLow = Math.ScaleB((double)(fraction & 0x7FF), -64 - zeros);
        const double quarterTurn = 1.5707963267948966, quarterTurnLow = 6.123233995736766e-17;
        double r = turn * quarterTurn;
        r += Math.FusedMultiplyAdd(turn, quarterTurn, -r) + ((turn * quarterTurnLow) + (turnLow * quarterTurn));
        if (x < 0) n = -n;
        quarter = n & 3;
        return (x < 0) != negative ? -r : r;
    }

    /// <summary>64 bits of the table from a bit on.</summary>
    private static ulong Window(int bit)
    {
        int word = bit >> 6, shift = bit & 63;
        ulong value = TwoOverPi[word] << shift;
        return shift == 0 ? value : value | (TwoOverPi[word + 1] >> (64 - shift));
    }
}
