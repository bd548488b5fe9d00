namespace Hebb.Kernels.Tests;

public class SortingTests
{
    [Fact]
    public void RowsAreSortedStablyWithNaNLast()
    {
        Random random = new(1);
        float[] choices = [1, -1, 0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-40f, 3.5f];
        for (int trial = 0; trial < 100; trial++)
        {
            int rows = random.Next(4), columns = random.Next(30), k = random.Next(columns + 1);
            float[] x = [.. Enumerable.Range(0, rows * columns).Select(_ => choices[random.Next(choices.Length)])];
            foreach (bool descending in new[] { false, true })
            {
                float[] values = new float[rows * k];
                long[] indices = new long[rows * k];
                Sorting.Top<float>(rows, columns, x, k, descending, values, indices);
                for (int row = 0; row < rows; row++)
                {
                    float[] line = x[(row * columns)..((row + 1) * columns)];
                    var order = Enumerable.Range(0, columns).OrderBy(i => float.IsNaN(line[i]) ? 1 : 0);
                    int[] expected = [.. (descending ? order.ThenByDescending(i => line[i]) : order.ThenBy(i => line[i])).Take(k)];
                    Assert.Equal(expected.Select(i => (long)i), indices[(row * k)..((row + 1) * k)]);
                    Assert.Equal(expected.Select(i => line[i]), values[(row * k)..((row + 1) * k)]);
                }
            }
        }
    }

    [Fact]
    public void WholeNumbersAndDoublesSortExactly()
    {
        long[] longs = new long[4], places = new long[4];
        Sorting.Top<long>(1, 4, [long.MaxValue, long.MinValue, long.MaxValue - 1, 0], 4, false, longs, places);
        Assert.Equal([long.MinValue, 0, long.MaxValue - 1, long.MaxValue], longs);
        Assert.Equal([1, 3, 2, 0], places);
        double[] doubles = new double[3];
        Sorting.Top<double>(1, 3, [1, double.BitIncrement(1), double.BitDecrement(1)], 3, true, doubles, places.AsSpan(0, 3));
        Assert.Equal([1, 0, 2], places[..3]);
    }

    [Fact]
    public void WrongLengthsAndTypesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Sorting.Top<float>(2, 2, new float[3], 1, true, new float[2], new long[2]));
        Assert.Throws<ArgumentException>(() => Sorting.Top<float>(2, 2, new float[4], 1, true, new float[1], new long[2]));
        Assert.Throws<ArgumentException>(() => Sorting.Top<float>(2, 2, new float[4], 3, true, new float[6], new long[6]));
        Assert.Throws<NotSupportedException>(() => Sorting.Top<int>(1, 1, new int[1], 1, true, new int[1], new long[1]));
    }
}
