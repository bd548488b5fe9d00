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

    [Theory, InlineData(false), InlineData(true)]
    public void AMillionFloatsAddUpAsInDouble(bool reverse)
    {
        const int n = 1 << 20, columns = 300;
        float[] x = [.. Enumerable.Range(0, n).Select(i => MathF.Sin(i) + 0.7f)], y = new float[n];
        Scan.Sum<float>([], n, 1, x, [], 1, y, [], reverse);
        double total = 0;
        for (int k = 0; k < n; k++)
        {
            int at = reverse ? n - 1 - k : k;
            total += x[at];
            Assert.Equal((float)total, y[at]);
        }
        // Columns side by side, more than are kept together.
        Scan.Sum<float>([columns], n / columns, columns, x, [1], columns, y, [1], reverse);
        total = 0;
        for (int k = 0; k < n / columns; k++)
        {
            int at = ((reverse ? (n / columns) - 1 - k : k) * columns) + columns - 1;
            total += x[at];
            Assert.Equal((float)total, y[at]);
        }
    }

    [Fact]
    public void OnesAreCountedBeyondTheLastWholeFloat()
    {
        const int n = (1 << 24) + 8;
        float[] x = new float[n], y = new float[n];
        Array.Fill(x, 1);
        Scan.Sum<float>([], n, 1, x, [], 1, y, [], false);
        Assert.Equal(n, y[n - 1]);
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
