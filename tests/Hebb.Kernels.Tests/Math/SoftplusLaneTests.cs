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
    public void Softplus_of_floats_is_within_4_ulp() => output.WriteLine($"{LaneFunction.CheckFloats<Softplus>(4):F3} ulp");

    [Fact]
    public void Softplus_of_doubles_is_within_4_ulp()
    {
        output.WriteLine($"{LaneFunction.CheckDoubles<Softplus>(4):F3} ulp");
        LaneFunction.CheckDoubleWidths<Softplus>();
    }

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Softplus_at_the_ends(double x, double y)
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(LaneFunction.At<Softplus>(x)));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)y), BitConverter.SingleToInt32Bits(LaneFunction.At<Softplus>((float)x)));
    }

    [Fact]
    public void LogSigmoid_of_floats_is_within_4_ulp() => output.WriteLine($"{LaneFunction.CheckFloats<LogSigmoid>(4):F3} ulp");

    [Fact]
    public void LogSigmoid_of_doubles_is_within_4_ulp()
    {
        output.WriteLine($"{LaneFunction.CheckDoubles<LogSigmoid>(4):F3} ulp");
        LaneFunction.CheckDoubleWidths<LogSigmoid>();
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void LogSigmoid_at_the_ends(double x, double y)
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(LaneFunction.At<LogSigmoid>(x)));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)y), BitConverter.SingleToInt32Bits(LaneFunction.At<LogSigmoid>((float)x)));
    }

    // Kahan's form: the error of 1 + u divides out.
    private static double Log1pOfUnit(double u)
    {
        double v = 1 + u;
        return v == 1 ? u : Math.Log(v) * (u / (v - 1));
    }
}
