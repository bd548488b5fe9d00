namespace Hebb.Optim;

/// <summary>Powers with whole exponents by multiplications alone, so that they have the same bits on every system.</summary>
internal static class Power
{
    /// <summary>bⁿ for n ≥ 0.</summary>
    public static double Of(double b, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) power *= b;
            b *= b;
        }
        return power;
    }
}
