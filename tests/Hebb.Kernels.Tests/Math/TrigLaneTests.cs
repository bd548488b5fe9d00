using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class TrigLaneTests(ITestOutputHelper output)
{
    private readonly struct Sin : ILaneFunction
    {
        public static string Name => "sin";

        public static double Truth(double x) => Math.Sin(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Sin(x);
    }

    private readonly struct Cos : ILaneFunction
    {
        public static string Name => "cos";

        public static double Truth(double x) => Math.Cos(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Cos(x);
    }

    private readonly struct Tan : ILaneFunction
    {
        public static string Name => "tan";

        public static double Truth(double x) => Math.Tan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Tan(x);
    }

    [Fact]
    public void Sin_and_cos_of_turns_are_those_of_the_angle()
    {
        for (int i = -4000; i <= 4000; i++)
        {
            double t = i / 1024.0;
            W1<double> sin = TrigLane.SinOfTurns(W1<double>.Of(t), out W1<double> cos);
            W1<float> sinF = TrigLane.SinOfTurns(W1<float>.Of(t), out W1<float> cosF);
            double whole = t - Math.Floor(t), s = Math.Sin(2 * Math.PI * whole), c = Math.Cos(2 * Math.PI * whole);
            Assert.Equal(s, W1<double>.GetLane(sin, 0), 1e-15);
            Assert.Equal(c, W1<double>.GetLane(cos, 0), 1e-15);
            Assert.Equal(s, W1<float>.GetLane(sinF, 0), 1.2e-7);
            Assert.Equal(c, W1<float>.GetLane(cosF, 0), 1.2e-7);
            if (i % 256 == 0) Assert.Equal((Math.Round(s), Math.Round(c)), (W1<double>.GetLane(sin, 0), W1<double>.GetLane(cos, 0)));
        }
    }

    [Fact]
    public void Sin_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Sin>(2, output);

    [Fact]
    public void Sin_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Sin>(2, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Sin_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Sin>(x, y);

    [Fact]
    public void Cos_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Cos>(2, output);

    [Fact]
    public void Cos_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Cos>(2, output);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Cos_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Cos>(x, y);

    [Fact]
    public void Tan_of_floats_is_within_4_ulp() => LaneFunction.CheckFloats<Tan>(4, output);

    [Fact]
    public void Tan_of_doubles_is_within_4_ulp() => LaneFunction.CheckDoubles<Tan>(4, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Tan_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Tan>(x, y);
}
