using Hebb.Kernels;

namespace Hebb.Kernels.Tests.Norm;

[Collection("lanes")]
public class BatchNormTests
{
    private const double Epsilon = 1e-5;

    public static TheoryData<int, int, int, int> Grids => new()
    {
        { 0, 4, 3, 7 }, { 1, 4, 3, 7 }, { 2, 4, 3, 7 }, { 0, 2, 5, 300 }, { 1, 3, 2, 20000 }, { 2, 70, 33, 9 }, { 2, 1000, 16, 20 },
            { 0, 1, 1, 2 }, { 2, 5, 1, 1 }, { 0, 300, 40, 16 }, { 0, 7, 3, 64 }, { 0, 3, 2, 20000 }, { 0, 9, 70, 1 }, { 1, 3, 2, 100 },
    };

    private static ChannelGrid Grid(int kind, int n, int c, int s) =>
        kind switch { 0 => ChannelGrid.Plain(n, c, s), 1 => ChannelGrid.ChannelsFirst(n, c, s), _ => ChannelGrid.ChannelsLast(n, c, s) };

    private static double[] Random(int count, int seed, double offset = 0)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4 - 2 + offset)];
    }

    private static IEnumerable<int> Elements(ChannelGrid grid, int channel) =>
        from run in Enumerable.Range(0, grid.Runs)
        from i in Enumerable.Range(
            0, grid.RunLength)
        select run * grid.RunStride + channel * grid.ChannelStride + i;

    private sealed record Result(
        double[] Y, double[] Mean, double[] Variance, double[] Inverse, double[] Dx, double[] Dgamma, double[] Dbeta);

    private static Result Run(ChannelGrid grid, double[] x, double[] dy, double[] gamma, double[] beta)
    {
        double[] y = new double[x.Length], mean = new double[grid.Channels], variance = new double[grid.Channels],
            inverse = new double[grid.Channels];
        double[] dx = new double[x.Length], dgamma = new double[grid.Channels], dbeta = new double[grid.Channels];
        BatchNorm.Train<double>(grid, x, gamma, beta, Epsilon, y, mean, variance, inverse);
        BatchNorm.Backward<double>(grid, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        return new Result(y, mean, variance, inverse, dx, dgamma, dbeta);
    }

    private static Result Naive(ChannelGrid grid, double[] x, double[] dy, double[] gamma, double[] beta)
    {
        double[] y = new double[x.Length], mean = new double[grid.Channels], variance = new double[grid.Channels],
            inverse = new double[grid.Channels];
        double[] dx = new double[x.Length], dgamma = new double[grid.Channels], dbeta = new double[grid.Channels];
        for (int c = 0; c < grid.Channels; c++)
        {
            int[] at = [.. Elements(grid, c)];
            double m = at.Average(i => x[i]), v = at.Average(i => (x[i] - m) * (x[i] - m)), k = 1 / Math.Sqrt(v + Epsilon);
            (mean[c], variance[c], inverse[c]) = (m, v, k);
            dbeta[c] = at.Sum(i => dy[i]);
            dgamma[c] = at.Sum(i => dy[i] * (x[i] - m) * k);
            foreach (int i in at)
            {
                double normal = (x[i] - m) * k;
                y[i] = normal * gamma[c] + beta[c];
                dx[i] = gamma[c] * k * (dy[i] - dbeta[c] / at.Length - normal * dgamma[c] / at.Length);
            }
        }
        return new Result(y, mean, variance, inverse, dx, dgamma, dbeta);
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void AgreesWithTheFormulas(int kind, int n, int c, int s)
    {
        ChannelGrid grid = Grid(kind, n, c, s);
        int count = n * c * s;
        double[] x = Random(count, 1, 3), dy = Random(count, 2), gamma = Random(c, 3, 3), beta = Random(c, 4);
        Result found = Run(grid, x, dy, gamma, beta), expected = Naive(grid, x, dy, gamma, beta);
        Near(expected.Mean, found.Mean);
        Near(expected.Variance, found.Variance);
        Near(expected.Inverse, found.Inverse);
        Near(expected.Y, found.Y);
        Near(expected.Dbeta, found.Dbeta);
        Near(expected.Dgamma, found.Dgamma);
        Near(expected.Dx, found.Dx);

        double[] inferred = new double[count];
        BatchNorm.Infer<double>(grid, x, gamma, beta, found.Mean, found.Variance, Epsilon, inferred);
        Near(expected.Y, inferred);

        static void Near(double[] expected, double[] found)
        {
            double scale = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++) Assert.True(
                Math.Abs(expected[i] - found[i]) <= 1e-11 * scale, $"element {i}: expected {expected[i]}, found {found[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void FunctionsInsideGiveTheBitsOfFunctionsOutside(int kind, int n, int c, int s)
    {
        ChannelGrid grid = Grid(kind, n, c, s);
        int count = n * c * s;
        double[] x = Random(count, 1, 3), other = Random(count, 2), gamma = Random(c, 3, 3), beta = Random(c, 4);
        Difference difference = default;
        Result plain = Run(grid, x, [.. other.Zip(x, difference.Of)], gamma, beta);
        double[] y = new double[count], mean = new double[c], variance = new double[c], inverse = new double[c];
        BatchNorm.Train<double, Difference>(grid, x, gamma, beta, Epsilon, difference, other, y, mean, variance, inverse);
        Assert.Equal(plain.Y.Zip(other, difference.Of), y);
        Assert.Equal([plain.Mean, plain.Variance, plain.Inverse], (double[][])[mean, variance, inverse]);

        double[] dx = new double[count], dgamma = new double[c], dbeta = new double[c];
        BatchNorm.Backward<double, Applied<Difference, X0, X1>>(
            grid, x, new(difference, default, default), other, x, gamma, mean, inverse, dx, dgamma, dbeta);
        Assert.Equal([plain.Dx, plain.Dgamma, plain.Dbeta], (double[][])[dx, dgamma, dbeta]);
    }

    /// <summary>a - b + 1, which is not 0 where both operands are.</summary>
    private readonly struct Difference : IBinaryLane
    {
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => a - b + V.Of(1);

        public double Of(double a, double b) => a - b + 1;
    }

    [Fact]
    public void AMeanFarFromZeroCostsNoAccuracy()
    {
        ChannelGrid grid = ChannelGrid.Plain(64, 1, 64);
        float[] x = [.. Random(4096, 5).Select(value => (float)value + 10000)];
        double m = x.Average(value => (double)value), v = x.Average(value => (value - m) * (value - m));
        float[] y = new float[4096], mean = new float[1], variance = new float[1], inverse = new float[1];
        BatchNorm.Train<float>(grid, x, [1f], [0f], 0, y, mean, variance, inverse);
        Assert.Equal(v, variance[0], 1e-4 * v);
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void SameBitsForAnyLanesAndThreads(int kind, int n, int c, int s)
    {
        ChannelGrid grid = Grid(kind, n, c, s);
        int count = n * c * s, width = Lanes.Width, threads = Team.Threads;
        double[] x = Random(count, 1), dy = Random(count, 2), gamma = Random(c, 3), beta = Random(c, 4);
        Result expected = Run(grid, x, dy, gamma, beta);
        try
        {
            foreach (int lanes in (ReadOnlySpan<int>)[512, 256, 128, 1])
            {
                Lanes.Width = lanes;
                Team.Threads = lanes == 256 ? 1 : 3;
                Result found = Run(grid, x, dy, gamma, beta);
                Assert.Equal(expected.Y, found.Y);
                Assert.Equal(expected.Dx, found.Dx);
                Assert.Equal(expected.Dgamma, found.Dgamma);
                Assert.Equal(expected.Dbeta, found.Dbeta);
            }
        }
        finally
        {
            Lanes.Width = width;
            Team.Threads = threads;
        }
    }

    [Fact]
    public void WrongLengthsAreNamed()
    {
        ChannelGrid grid = ChannelGrid.Plain(2, 3, 4);
        double[] x = new double[24], c = new double[3];
        Assert.Contains(
            "gamma", Assert.Throws<ArgumentException>(() => BatchNorm.Train<double>(grid, x, new double[2], c, 0, new double[24], c, c, c))
            .Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BatchNorm.Train<double>(grid, x, c, c, 0, new double[23], c, c, c));
    }
}
