using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public unsafe class ExpRemainderTests(ITestOutputHelper output)
{
    private readonly struct Remainder : ILaneFunction
    {
        public static string Name => "expremainder";

        // The double function, itself checked against the reference table.
        public static double Truth(double x)
        {
            double y;
            W1<double>.Store(&y, ExpLane.Remainder(W1<double>.Load(&x)));
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.ExpRemainder(x);
    }

    [Fact]
    public void TheRemainderOfFloatsIsWithin8Ulp() => LaneFunction.CheckFloats<Remainder>(8, output);

    [Fact]
    public void TheRemainderOfDoublesIsWithin8Ulp() => LaneFunction.CheckDoubles<Remainder>(8, output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void TheRemainderAtTheEnds(double x, double y) => LaneFunction.CheckEnd<Remainder>(x, y);
}
