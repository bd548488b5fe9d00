namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class CoefficientTests
{
    private readonly struct Both(double value) : ILaneBody
    {
        private readonly Coefficient _held = value;
        private readonly double _value = value;

        public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
        {
            io.Store(0, V.Of(_held));
            io.Store(1, V.Of(_value));
        }
    }

    [Theory, InlineData(0.1), InlineData(-0.0), InlineData(1e-300), InlineData(1e300), InlineData(double.NaN),
        InlineData(double.PositiveInfinity)]
    public void HoldsTheSameNumberAsItsDouble(double value)
    {
        float[] narrow = Everywhere.Same(() => Pair<float>(value));
        double[] wide = Everywhere.Same(() => Pair<double>(value));
        Assert.All(narrow, x => Assert.Equal(BitConverter.SingleToInt32Bits((float)value), BitConverter.SingleToInt32Bits(x)));
        Assert.All(wide, x => Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(x)));
    }

    private static T[] Pair<T>(double value) where T : unmanaged
    {
        T[] held = new T[19], given = new T[19];
        Map.Run(new Both(value), new Operands<T>().Out(held).Out(given));
        return [.. held, .. given];
    }
}
