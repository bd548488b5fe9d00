using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public class SigmoidLaneTests(ITestOutputHelper output)
{
    private readonly struct Sigmoid : ILaneFunction
    {
        public static string Name => "sigmoid";

        public static double Truth(double x) => SigmoidTruth(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x) where V : struct, ILane<V> => V.Sigmoid(x);
    }

    [Fact]
    public void Sigmoid_of_floats_is_within_4_ulp() => LaneFunction.CheckFloats<Sigmoid>(4, output);

    [Fact]
    public void Sigmoid_of_doubles_is_within_4_ulp() => LaneFunction.CheckDoubles<Sigmoid>(4, output);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-0.0, 0.5)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Sigmoid_at_the_ends(double x, double y) => LaneFunction.CheckEnd<Sigmoid>(x, y);

    private static double SigmoidTruth(double x) => x > 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
