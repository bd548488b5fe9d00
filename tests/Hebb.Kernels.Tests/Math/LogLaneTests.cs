using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class LogLaneTests(ITestOutputHelper output)
{
    private readonly struct Log : ILaneFunction
    {
        public static string Name => "log";

        public static double Truth(double x) => Math.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Log(x);
    }

    private readonly struct Log1p : ILaneFunction
    {
        public static string Name => "log1p";

        public static double Truth(double x) => Log1pTruth(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Log1p(x);
    }

    [Fact]
    public void Log_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Log>(2, output);

    [Fact]
    public void Log_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Log>(2, output);

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-0.0, double.NegativeInfinity)]
    [InlineData(1, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Log_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Log>(x, y);

    [Fact]
    public void Log1p_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Log1p>(2, output);

    [Fact]
    public void Log1p_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Log1p>(2, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-2, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Log1p_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Log1p>(x, y);

    // Kahan's form: the error of 1 + x divides out.
    private static double Log1pTruth(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }
}
