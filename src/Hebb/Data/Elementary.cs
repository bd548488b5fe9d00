using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>Elementary functions of one double that give the same bits on every machine, which those of the system do not.</summary>
internal static class Elementary
{
    /// <summary>The natural logarithm.</summary>
    public static double Log(double x) => Apply<LogOp>(x);

    /// <summary>(cos 2πt, sin 2πt) by Taylor's series in an eighth of a turn.</summary>
    public static (double Cos, double Sin) Turn(double t)
    {
        double quarters = Math.Round(4 * t), x = 2 * Math.PI * (t - quarters / 4), x2 = x * x, cos = 1, sin = 1;
        for (int n = 16; n > 0; n -= 2)
        {
            cos = 1 - cos * x2 / (n * (n - 1));
            sin = 1 - sin * x2 / (n * (n + 1));
        }

        sin *= x;
        return ((long)quarters & 3) switch { 0 => (cos, sin), 1 => (-sin, cos), 2 => (-cos, -sin), _ => (sin, -cos) };
    }

    private static double Apply<TOp>(double x) where TOp : struct, IUnaryLane
    {
        double y = 0;
        Map.Unary<TOp, double>(default, new ReadOnlySpan<double>(in x), new Span<double>(ref y));
        return y;
    }

    private readonly struct LogOp : IUnaryLane
    {
        V IUnaryLane.Lane<V>(V x) => V.Log(x);
    }
}
