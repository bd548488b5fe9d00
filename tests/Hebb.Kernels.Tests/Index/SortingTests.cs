namespace Hebb.Kernels.Tests;

public class SortingTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void EqualsKeepTheirOrder(bool descending)
    {
        double[] x = [.. Enumerable.Range(0, 500).Select(i => (i * 37 % 11) - 5.0)];
        var expected = Enumerable.Range(0, x.Length).Select(i => (long)i);
        Assert.Equal(descending ? expected.OrderByDescending(i => x[i]) : expected.OrderBy(i => x[i]), Order(x, descending));
        Assert.Equal(Order(x, descending), Order(Array.ConvertAll(x, v => (float)v), descending));
        Assert.Equal(Order(x, descending), Order(Array.ConvertAll(x, v => (long)v), descending));
    }

    [Fact]
    public void SpecialNumbersHaveTheirPlace()
    {
        double[] x = [double.NaN, double.PositiveInfinity, -0.0, 0, double.NegativeInfinity, double.Epsilon, -double.Epsilon];
        Assert.Equal([4, 6, 2, 3, 5, 1, 0], Order(x, false));
        Assert.Equal([0, 1, 5, 2, 3, 6, 4], Order(x, true));
        Assert.Equal([1, 0], Order([long.MaxValue, long.MinValue], false));
    }

    [Fact]
    public void LinesMayLieAlongAnyStride()
    {
        float[] x = [3, 10, 1, 30, 2, 20];
        long[] y = new long[6];
        Sorting.ArgSort<float>([2], 3, 2, x, [1], 2, y, [1], false);
        Assert.Equal([1, 0, 2, 2, 0, 1], y);
        Sorting.ArgSort<float>([2], 0, 2, [], [1], 2, [], [1], false);
    }

    private static long[] Order<T>(T[] x, bool descending) where T : unmanaged, System.Numerics.INumber<T>
    {
        long[] y = new long[x.Length];
        Sorting.ArgSort<T>([], x.Length, 1, x, [], 1, y, [], descending);
        return y;
    }
}
