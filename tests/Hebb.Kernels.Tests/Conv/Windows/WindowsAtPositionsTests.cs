namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class WindowsAtPositionsTests
{
    private static readonly WindowsAtPositions[] s_shapes =
    [
        new(1, 1, 1, 1, 1, 0), new(3, 5, 2, 4, 3, 1), new(2, 4, 19, 9, 5, 2), new(5, 7, 33, 17, 2, 0), new(2, 2, 3, 2, 6, 3),
            new(2, 3, 40, 1, 60, 9), new(0, 3, 2, 2, 2, 0), new(2, 3, 0, 2, 2, 1),
    ];

    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, s_shapes.Length)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void All_three_are_what_they_say_and_the_same_bits_everywhere(int shape)
    {
        WindowsAtPositions s = s_shapes[shape];
        double[] x = Numbers(s.N * s.Steps * s.C, 1), w = Numbers(s.O * s.K * s.C, 2), g = Numbers(s.N * s.O, 3);
        Random random = new(4);
        long[] places = [.. Enumerable.Range(0, s.N * s.O).Select(_ => (long)random.Next(s.Steps))];
        double[] y = new double[g.Length], dx = new double[x.Length], dw = new double[w.Length];
        for (int n = 0; n < s.N; n++)
        {
            for (int o = 0; o < s.O; o++)
            {
                for (int k = 0; k < s.K; k++)
                {
                    long step = places[n * s.O + o] + k - s.Left;
                    for (int c = 0; c < s.C && step >= 0 && step < s.Steps; c++)
                    {
                        long at = (n * s.Steps + step) * s.C + c;
                        int of = (o * s.K + k) * s.C + c;
                        y[n * s.O + o] += x[at] * w[of];
                        dx[at] += g[n * s.O + o] * w[of];
                        dw[of] += g[n * s.O + o] * x[at];
                    }
                }
            }
        }
        Near(y, Everywhere.Same(() => Made<double>(y.Length, into => s.Forward<double>(x, w, places, into))));
        Near(dx, Everywhere.Same(() => Made<double>(dx.Length, into => s.InputGradient<double>(g, w, places, into))));
        Near(dw, Everywhere.Same(() => Made<double>(dw.Length, into => s.WeightGradient<double>(g, x, places, into))));
        float[] xs = Array.ConvertAll(x, v => (float)v), ws = Array.ConvertAll(w, v => (float)v), gs = Array.ConvertAll(g, v => (float)v);
        Near(y, Everywhere.Same(() => Made<float>(y.Length, into => s.Forward<float>(xs, ws, places, into))).Select(v => (double)v), 1e-4);
        Near(dx, Everywhere.Same(() => Made<float>(dx.Length, into => s.InputGradient<float>(gs, ws, places, into))).Select(v => (double)v),
            1e-4);
        Near(dw, Everywhere.Same(() => Made<float>(dw.Length, into => s.WeightGradient<float>(gs, xs, places, into)))
            .Select(v => (double)v), 1e-4);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        WindowsAtPositions s = new(1, 2, 1, 1, 1, 0);
        Assert.Contains(
            "places go from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(
            () => s.Forward<float>(new float[2], new float[1], [2], new float[1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s.InputGradient<float>(new float[1], new float[1], [-1], new float[2]));
        Assert.Throws<ArgumentException>(() => s.WeightGradient<float>(new float[1], new float[3], [0], new float[1]));
        Assert.Throws<ArgumentException>(() => s.Forward<float>(new float[2], new float[1], [], new float[1]));
    }

    private static T[] Made<T>(int length, Action<T[]> make)
    {
        T[] into = new T[length];
        make(into);
        return into;
    }

    private static double[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
    }

    private static void Near(double[] expected, IEnumerable<double> actual, double tolerance = 1e-12)
    {
        foreach ((double e, double a) in expected.Zip(actual)) Assert.Equal(e, a, tolerance);
    }
}
