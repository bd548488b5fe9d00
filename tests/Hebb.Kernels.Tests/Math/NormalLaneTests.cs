using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public unsafe class NormalLaneTests(ITestOutputHelper output)
{
    private readonly struct Normal : ILaneFunction
    {
        public static string Name => "normal";

        // The double function, itself checked against the reference table.
        public static double Truth(double x)
        {
            double y;
            W1<double>.Store(&y, NormalLane.Normal(W1<double>.Load(&x), out _));
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Normal(x, out _);
    }

    private readonly struct Bell : ILaneFunction
    {
        public static string Name => "bell";

        // The square of a float has no rounding in double.
        public static double Truth(double x) => Math.Exp(x * x * -0.5);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V>
        {
            V.Normal(x, out V bell);
            return bell;
        }
    }

    [Fact]
    public void NormalOfFloatsIsWithin8Ulp() => LaneFunction.CheckFloats<Normal>(8, output);

    [Fact]
    public void NormalOfDoublesIsWithin8Ulp() => LaneFunction.CheckDoubles<Normal>(8, output);

    [Fact]
    public void TheBellOfFloatsIsWithin2Ulp() => LaneFunction.CheckFloats<Bell>(2, output);

    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void NormalAtTheEnds(double x, double y) => LaneFunction.CheckEnd<Normal>(x, y);
}
