using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class AtanLaneTests(ITestOutputHelper output)
{
    private readonly struct Atan : ILaneFunction
    {
        public static string Name => "atan";

        public static double Truth(double x) => Math.Atan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Atan(x);
    }

    [Fact]
    public void Atan_of_floats_is_within_2_ulp() => LaneFunction.CheckFloats<Atan>(2, output);

    [Fact]
    public void Atan_of_doubles_is_within_2_ulp() => LaneFunction.CheckDoubles<Atan>(2, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, Math.PI / 2)]
    [InlineData(double.NegativeInfinity, -Math.PI / 2)]
    [InlineData(double.NaN, double.NaN)]
    public void Atan_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Atan>(x, y);
}
