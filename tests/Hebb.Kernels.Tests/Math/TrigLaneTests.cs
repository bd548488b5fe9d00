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
    public void Sin_of_floats_is_within_2_ulp() => output.WriteLine($"{LaneFunction.CheckFloats<Sin>(2):F3} ulp");

    [Fact]
    public void Sin_of_doubles_is_within_2_ulp()
    {
        output.WriteLine($"{LaneFunction.CheckDoubles<Sin>(2):F3} ulp");
        LaneFunction.CheckDoubleWidths<Sin>();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Sin_at_the_ends(double x, double y)
    {
        // A NaN that an operation makes has a sign of its own.
        if (double.IsNaN(y))
        {
            Assert.True(double.IsNaN(LaneFunction.At<Sin>(x)));
            Assert.True(float.IsNaN(LaneFunction.At<Sin>((float)x)));
            return;
        }

        Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(LaneFunction.At<Sin>(x)));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)y), BitConverter.SingleToInt32Bits(LaneFunction.At<Sin>((float)x)));
    }

    [Fact]
    public void Cos_of_floats_is_within_2_ulp() => output.WriteLine($"{LaneFunction.CheckFloats<Cos>(2):F3} ulp");

    [Fact]
    public void Cos_of_doubles_is_within_2_ulp()
    {
        output.WriteLine($"{LaneFunction.CheckDoubles<Cos>(2):F3} ulp");
        LaneFunction.CheckDoubleWidths<Cos>();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Cos_at_the_ends(double x, double y)
    {
        // A NaN that an operation makes has a sign of its own.
        if (double.IsNaN(y))
        {
            Assert.True(double.IsNaN(LaneFunction.At<Cos>(x)));
            Assert.True(float.IsNaN(LaneFunction.At<Cos>((float)x)));
            return;
        }

        Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(LaneFunction.At<Cos>(x)));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)y), BitConverter.SingleToInt32Bits(LaneFunction.At<Cos>((float)x)));
    }

    [Fact]
    public void Tan_of_floats_is_within_4_ulp() => output.WriteLine($"{LaneFunction.CheckFloats<Tan>(4):F3} ulp");

    [Fact]
    public void Tan_of_doubles_is_within_4_ulp()
    {
        output.WriteLine($"{LaneFunction.CheckDoubles<Tan>(4):F3} ulp");
        LaneFunction.CheckDoubleWidths<Tan>();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Tan_at_the_ends(double x, double y)
    {
        // A NaN that an operation makes has a sign of its own.
        if (double.IsNaN(y))
        {
            Assert.True(double.IsNaN(LaneFunction.At<Tan>(x)));
            Assert.True(float.IsNaN(LaneFunction.At<Tan>((float)x)));
            return;
        }

        Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(LaneFunction.At<Tan>(x)));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)y), BitConverter.SingleToInt32Bits(LaneFunction.At<Tan>((float)x)));
    }
}
