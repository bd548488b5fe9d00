using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class ExpLaneTests(ITestOutputHelper output)
{
    private readonly struct Exp : ILaneFunction
    {
        public static string Name => "exp";

        public static double Truth(double x) => Math.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Exp(x);
    }

    private readonly struct Expm1 : ILaneFunction
    {
        public static string Name => "expm1";

        public static double Truth(double x) => Expm1Truth(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Expm1(x);
    }

    [Fact]
    public void Exp_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Exp>(2, output);

    [Fact]
    public void Exp_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Exp>(2, output);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Exp>(x, y);

    [Fact]
    public void Expm1_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Expm1>(2, output);

    [Fact]
    public void Expm1_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Expm1>(2, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.NaN, double.NaN)]
    public void Expm1_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Expm1>(x, y);

    private static double Expm1Truth(double x)
    {
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        double t = Math.Tanh(x / 2);
        return 2 * t / (1 - t);
    }
}
