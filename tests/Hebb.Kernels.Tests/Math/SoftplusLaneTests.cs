using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class SoftplusLaneTests(ITestOutputHelper output)
{
    private readonly struct Softplus : ILaneFunction
    {
        public static string Name => "softplus";

        public static double Truth(double x) => Math.Max(x, 0) + Log1pOfUnit(Math.Exp(-Math.Abs(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Softplus(x);
    }

    private readonly struct LogSigmoid : ILaneFunction
    {
        public static string Name => "logsigmoid";

        public static double Truth(double x) => Math.Min(x, 0) - Log1pOfUnit(Math.Exp(-Math.Abs(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.LogSigmoid(x);
    }

    [Fact]
    public void Softplus_of_floats_is_within_4_ulp() => LaneFunction.CheckFloats<Softplus>(4, output);

    [Fact]
    public void Softplus_of_doubles_is_within_4_ulp() => LaneFunction.CheckDoubles<Softplus>(4, output);

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Softplus_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Softplus>(x, y);

    [Fact]
    public void LogSigmoid_of_floats_is_within_4_ulp() => LaneFunction.CheckFloats<LogSigmoid>(4, output);

    [Fact]
    public void LogSigmoid_of_doubles_is_within_4_ulp() => LaneFunction.CheckDoubles<LogSigmoid>(4, output);

    [Theory]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void LogSigmoid_at_the_ends(double x, double y) => LaneFunction.CheckEnd<LogSigmoid>(x, y);

    // Kahan's form: the error of 1 + u divides out.
    private static double Log1pOfUnit(double u)
    {
        double v = 1 + u;
        return v == 1 ? u : Math.Log(v) * (u / (v - 1));
    }
}
