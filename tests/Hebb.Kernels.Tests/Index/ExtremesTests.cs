namespace Hebb.Kernels.Tests;

public class ExtremesTests
{
    [Theory, InlineData(1), InlineData(5), InlineData(16), InlineData(64), InlineData(67), InlineData(1000)]
    public void TheFirstOfEqualsIsFoundAtAnyPlace(int size)
    {
        for (int at = 0; at < size; at += (size / 20) + 1)
        {
            float[] x = [.. Enumerable.Range(0, size).Select(i => (i * 7 % 5) - 9f)];
            x[at] = 3;
            x[^1] = 3;
            Assert.Equal(at, ArgMax(x));
            Assert.Equal(at, ArgMin(Array.ConvertAll(x, v => -v)));
            Assert.Equal(at, ArgMax(Array.ConvertAll(x, v => (double)v)));
            Assert.Equal(at, ArgMax(Array.ConvertAll(x, v => (long)v)));
        }
    }

    [Theory, InlineData(3), InlineData(100)]
    public void TheFirstNaNIsMoreExtremeThanAnyNumber(int size)
    {
        float[] x = [.. Enumerable.Range(0, size).Select(i => (float)i)];
        x[1] = float.NaN;
        x[2] = float.NaN;
        Assert.Equal(1, ArgMax(x));
        Assert.Equal(1, ArgMin(x));
    }

    [Theory, InlineData(4), InlineData(100)]
    public void InfinitiesAndZerosOfBothSignsAreOrdered(int size)
    {
        double[] x = new double[size];
        x[1] = -0.0;
        Assert.Equal(0, ArgMax(x));
        Assert.Equal(0, ArgMin(x));
        x[2] = double.PositiveInfinity;
        x[3] = double.NegativeInfinity;
        Assert.Equal(2, ArgMax(x));
        Assert.Equal(3, ArgMin(x));
        Array.Fill(x, double.NegativeInfinity);
        Assert.Equal(0, ArgMax(x));
    }

    [Fact]
    public void LinesMayLieAlongAnyStride()
    {
        float[] x = [1, 9, 3, 8, 2, 7];
        long[] places = new long[3], columns = new long[2];
        Extremes.ArgMax<float>([3], 2, 3, x, [1], places);
        Assert.Equal([1, 0, 1], places);
        Extremes.ArgMin<float>([2], 3, 1, x, [3], columns);
        Assert.Equal([0, 1], columns);
        Assert.Throws<ArgumentOutOfRangeException>(() => Extremes.ArgMax<float>([1], 0, 1, [], [1], new long[1]));
    }

    private static long ArgMax<T>(T[] x) where T : unmanaged, System.Numerics.INumber<T>
    {
        long[] y = new long[1];
        Extremes.ArgMax<T>([], x.Length, 1, x, [], y);
        return y[0];
    }

    private static long ArgMin<T>(T[] x) where T : unmanaged, System.Numerics.INumber<T>
    {
        long[] y = new long[1];
        Extremes.ArgMin<T>([], x.Length, 1, x, [], y);
        return y[0];
    }
}
