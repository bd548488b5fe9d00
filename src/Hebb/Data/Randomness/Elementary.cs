using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>Elementary functions of one double that give the same bits on every machine, which those of the system do not.</summary>
internal static class Elementary
{
    /// <summary>The natural logarithm.</summary>
    public static double Log(double x) => Apply<LogOp>(x);

    /// <summary>eˣ</summary>
    public static double Exp(double x) => Apply<ExpOp>(x);

    /// <summary>The sine of an angle in radians.</summary>
    public static double Sin(double x) => Apply<SinOp>(x);

    /// <summary>The cosine of an angle in radians.</summary>
    public static double Cos(double x) => Apply<CosOp>(x);

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

    private readonly struct ExpOp : IUnaryLane
    {
        V IUnaryLane.Lane<V>(V x) => V.Exp(x);
    }

    private readonly struct SinOp : IUnaryLane
    {
        V IUnaryLane.Lane<V>(V x) => V.Sin(x);
    }

    private readonly struct CosOp : IUnaryLane
    {
        V IUnaryLane.Lane<V>(V x) => V.Cos(x);
    }
}
