namespace Hebb.Kernels.Tests;

public class MapCastsTests
{
    [Fact]
    public void NumbersRoundToTheNearest()
    {
        Assert.Equal([0.1f, float.PositiveInfinity, -0f], Cast<double, float>([0.1, 1e300, -0.0]));
        Assert.Equal([0.1f, 16777216f], Cast<float, double>([0.1f, 16777216]));
        Assert.Equal([16777216f, 16777220f], Cast<long, float>([16777217, 16777219]));
        Assert.Equal([9007199254740992d], Cast<long, double>([9007199254740993]));
    }

    [Fact]
    public void WholeNumbersAreCutAndStayInRange()
    {
        Assert.Equal([2, -2, 0, long.MaxValue, long.MinValue, long.MaxValue],
            Cast<double, long>([2.9, -2.9, double.NaN, 1e300, double.NegativeInfinity, 9223372036854775807d]));
        Assert.Equal([2, -2, 0, long.MaxValue, long.MinValue],
            Cast<float, long>([2.9f, -2.9f, float.NaN, float.PositiveInfinity, -1e30f]));
    }

    [Fact]
    public void TruthValuesAreOneAndZeroAndNaNIsTrue()
    {
        Assert.Equal([1f, 0f], Cast<bool, float>([true, false]));
        Assert.Equal([1d, 0d], Cast<bool, double>([true, false]));
        Assert.Equal([1L, 0L], Cast<bool, long>([true, false]));
        Assert.Equal([true, false, false, true], Cast<float, bool>([float.NaN, 0, -0f, 1e-40f]));
        Assert.Equal([true, false], Cast<double, bool>([1e-310, 0]));
        Assert.Equal([true, false], Cast<long, bool>([long.MinValue, 0]));
        Assert.Equal([true, false], Cast<bool, bool>([true, false]));
    }

    [Fact]
    public void LayoutsAreFollowed()
    {
        double[] y = new double[6];
        Map.Cast<float, double>(Loop.Of([2, 3], [[0, 1], [1, 2]]), [1, 2, 3], y);
        Assert.Equal([1, 1, 2, 2, 3, 3], y);
    }

    [Fact]
    public void OtherTypesAreRefused()
    {
        Assert.Throws<NotSupportedException>(() => Cast<int, float>([1]));
        Assert.Throws<NotSupportedException>(() => Cast<float, Half>([1]));
    }

    private static TOut[] Cast<TIn, TOut>(TIn[] x) where TIn : unmanaged where TOut : unmanaged
    {
        TOut[] y = new TOut[x.Length];
        Map.Cast<TIn, TOut>(Loop.Contiguous(x.Length), x, y);
        return y;
    }
}
