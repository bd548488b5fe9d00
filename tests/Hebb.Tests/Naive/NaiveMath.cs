namespace Hebb.Tests.Naive;

/// <summary>Functions that System.Math lacks, from their definitions, exact to a few units of the last place of double.</summary>
internal static class NaiveMath
{
    /// <summary>e^x - 1 without cancellation (Kahan): (u - 1) x / ln u with u = e^x as rounded, whose error cancels.</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>e^x - 1 - x; near 0 from its series Σ xⁿ / n!, n ≥ 2.</summary>
    public static double ExpRemainder(double x)
    {
        if (!(Math.Abs(x) < 1)) return Expm1(x) - x;
        double sum = 0, term = x * x / 2;
        for (int n = 3; n < 24; n++)
        {
            sum += term;
            term *= x / n;
        }
        return sum;
    }

    /// <summary>ln(1 + x), likewise: x ln u / (u - 1) with u = 1 + x as rounded.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>1 / (1 + e^-x)</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>ln(1 + e^x)</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>
    /// erf x = 2 / √π e^(-x²) Σ 2ⁿ x^(2n + 1) / (1 · 3 · ... · (2n + 1)), all terms of one sign; 1 to double precision from 6 on.
    /// </summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) >= 6) return Math.Sign(x);
        double sum = 0, term = x;
        for (int n = 0; sum != sum + term; n++)
        {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>The density of the normal distribution.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The distribution function of the normal distribution.</summary>
    public static double Normal(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;
}
