namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class BestWindowsTests
{
    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1, 1, 0 }, { 3, 5, 2, 4, 3, 1 }, { 4, 6, 19, 37, 5, 2 }, { 5, 7, 33, 17, 2, 0 }, { 2, 2, 3, 2, 6, 3 },
            { 2, 3, 40, 20, 9, 9 }, { 0, 3, 2, 2, 2, 0 }, { 2, 3, 0, 2, 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Places_are_those_of_the_largest_sums(int n, int steps, int c, int o, int k, int left)
    {
        WindowsAtPositions s = new(n, steps, c, o, k, left);
        Random random = new(n + steps + c);
        // Whole numbers, so that sums are exact and equals meet.
        float[] x = Numbers(n * steps * c), w = Numbers(o * k * c);
        bool[] mask = [.. Enumerable.Range(0, n * steps).Select(i => i / steps % 3 != 1 && random.Next(3) > 0)];
        foreach (bool[] counts in (bool[][])[[], mask])
        {
            long[] places = Everywhere.Same(() =>
            {
                long[] into = new long[n * o];
                BestWindows.Find<float>(s, x, w, counts, into);
                return into;
            });
            double[] xs = Array.ConvertAll(x, v => (double)v), ws = Array.ConvertAll(w, v => (double)v);
            long[] doubles = new long[n * o];
            BestWindows.Find<double>(s, xs, ws, counts, doubles);
            Assert.Equal(places, doubles);
            Assert.Equal(Expected(s, xs, ws, counts), places);
        }

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(-2, 3))];
    }

    [Fact]
    public void NaN_is_largest_and_where_nothing_counts_the_place_is_0()
    {
        long[] places = new long[3];
        BestWindows.Find<float>(
            new(3, 3, 1, 1, 1, 0), [5, float.NaN, float.NaN, float.NegativeInfinity, float.NegativeInfinity, 9, 1, 2, 3], [1],
            [true, true, true, false, true, false, false, false, false], places);
        Assert.Equal([1L, 1, 0], places);
    }

    [Fact]
    public void Nothing_is_allocated_once_it_has_run()
    {
        WindowsAtPositions s = new(4, 9, 8, 20, 3, 1);
        float[] x = new float[4 * 9 * 8], w = new float[20 * 3 * 8];
        bool[] few = new bool[36], all = new bool[36];
        Array.Fill(all, true);
        few[3] = true;
        long[] places = new long[80];
        BestWindows.Find<float>(s, x, w, all, places);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 20; i++) BestWindows.Find<float>(s, x, w, i % 2 == 0 ? few : all, places);
        }));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BestWindows.Find<float>(new(1, 2, 1, 1, 1, 0), new float[3], new float[1], [], new long[1]));
        Assert.Throws<ArgumentException>(
            () => BestWindows.Find<float>(new(1, 2, 1, 1, 1, 0), new float[2], new float[1], [true], new long[1]));
        Assert.Throws<ArgumentException>(() => BestWindows.Find<float>(new(1, 0, 1, 1, 1, 0), [], new float[1], [], new long[1]));
    }

    private static long[] Expected(WindowsAtPositions s, double[] x, double[] w, bool[] counts) =>
    [
        .. from n in Enumerable.Range(0, s.N)
           from o in Enumerable.Range(0, s.O)
           select (long)Enumerable.Range(0, s.Steps).Where(t => counts.Length == 0 || counts[n * s.Steps + t])
               .OrderByDescending(t => Sum(s, x, w, n, o, t)).FirstOrDefault(0),
    ];

    private static double Sum(WindowsAtPositions s, double[] x, double[] w, int n, int o, int t)
    {
        double sum = 0;
        for (int k = 0; k < s.K; k++)
        {
            int step = t + k - s.Left;
            for (int c = 0; c < s.C && step >= 0 && step < s.Steps; c++) sum += x[(n * s.Steps + step) * s.C + c] * w[(o * s.K + k) * s.C
                + c];
        }
        return sum;
    }
}
