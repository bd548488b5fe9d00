namespace Hebb.Kernels.Tests;

public class ScanTests
{
    [Fact]
    public void TotalsRunAlongAnyAxisInBothDirections()
    {
        long[] x = [1, 20, 300, 4000, 50000, 600000], y = new long[6];
        Scan.Sum<long>([2], 3, 1, x, [3], 1, y, [3], false);
        Assert.Equal([1, 21, 321, 4000, 54000, 654000], y);
        Scan.Sum<long>([2], 3, 1, x, [3], 1, y, [3], true);
        Assert.Equal([321, 320, 300, 654000, 650000, 600000], y);
        Scan.Sum<long>([3], 2, 3, x, [1], 3, y, [1], false);
        Assert.Equal([1, 20, 300, 4001, 50020, 600300], y);
    }

    [Fact]
    public void NothingSumsToNothing()
    {
        float[] y = [5];
        Scan.Sum<float>([2], 0, 1, [], [0], 1, y, [0], false);
        Scan.Sum<float>([0], 3, 1, [], [3], 1, y, [3], false);
        Assert.Equal([5f], y);
    }
}
