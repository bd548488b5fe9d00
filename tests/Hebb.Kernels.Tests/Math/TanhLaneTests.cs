using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class TanhLaneTests(ITestOutputHelper output)
{
    private readonly struct Tanh : ILaneFunction
    {
        public static string Name => "tanh";

        public static double Truth(double x) => Math.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Tanh(x);
    }

    [Fact]
    public void Tanh_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Tanh>(2, output);

    [Fact]
    public void Tanh_of_doubles_is_within_3_ulp() => LaneFunction.CheckDoubles<Tanh>(3, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.NaN, double.NaN)]
    public void Tanh_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Tanh>(x, y);
}
