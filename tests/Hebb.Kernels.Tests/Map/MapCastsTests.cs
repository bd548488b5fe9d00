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
    public void WholeNumbersAreCut()
    {
        Assert.Equal([2, -2, 0, 9223372036854774784, long.MinValue],
            Cast<double, long>([2.9, -2.9, -0.9, 9223372036854774784, -9223372036854775808]));
        Assert.Equal([2, -2, long.MinValue], Cast<float, long>([2.9f, -2.9f, -9223372036854775808f]));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity), InlineData(1e300)]
    [InlineData(9223372036854775808.0), InlineData(-9223372036854777856.0)]
    public void WhatNoWholeNumberStandsForIsRefusedWhereverItLies(double wrong)
    {
        foreach (int length in (int[])[1, 9, 100_000])
        {
            double[] x = new double[length];
            x[length * 2 / 3] = wrong;
            Assert.Throws<ArgumentOutOfRangeException>(() => Cast<double, long>(x));
            if ((float)wrong == -9223372036854775808f) continue; // rounded into the range
            Assert.Throws<ArgumentOutOfRangeException>(() => Cast<float, long>(Array.ConvertAll(x, value => (float)value)));
        }
        long[] y = new long[2];
        Assert.Throws<ArgumentOutOfRangeException>(() => Map.Cast<double, long>(Loop.Of([2], [[0], [1]]), [wrong], y));
        Map.Cast<double, long>(Loop.Of([2], [[2], [1]]), [1, wrong, 3], y); // what the view skips does not count
        Assert.Equal([1, 3], y);
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
