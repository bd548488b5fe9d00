using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public unsafe class ErfLaneTests(ITestOutputHelper output)
{
    private readonly struct Erf : ILaneFunction
    {
        public static string Name => "erf";

        // The double function, itself checked against the reference table.
        public static double Truth(double x)
        {
            double y;
            W1<double>.Store(&y, ErfLane.Erf(W1<double>.Load(&x)));
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Erf(x);
    }

    [Fact]
    public void Erf_of_floats_is_within_4_ulp() => LaneFunction.CheckFloats<Erf>(4, output);

    [Fact]
    public void Erf_of_doubles_is_within_4_ulp() => LaneFunction.CheckDoubles<Erf>(4, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, -0.0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.NaN, double.NaN)]
    public void Erf_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Erf>(x, y);
}
