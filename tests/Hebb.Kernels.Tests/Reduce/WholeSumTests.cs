namespace Hebb.Kernels.Tests;

public class WholeSumTests
{
    [Fact]
    public void SumsOverAnyAxes()
    {
        long[] x = [1, 20, 300, 4000, 50000, 600000], rows = new long[2], columns = new long[3], all = new long[1];
        WholeSum.Run([2], [3], [3], [1], x, rows);
        Assert.Equal([321, 654000], rows);
        WholeSum.Run([3], [1], [2], [3], x, columns);
        Assert.Equal([4001, 50020, 600300], columns);
        WholeSum.Run([], [], [3, 2], [1, 3], x, all);
        Assert.Equal([654321], all);
        WholeSum.Run([2], [0], [0], [1], [], rows);
        Assert.Equal([0, 0], rows);
    }
}
