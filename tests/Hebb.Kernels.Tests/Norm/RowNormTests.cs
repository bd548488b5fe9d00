using Hebb.Kernels;

namespace Hebb.Kernels.Tests.Norm;

[Collection("lanes")]
public class RowNormTests
{
    private const double Epsilon = 1e-5;

    public static TheoryData<int, int, int, int> Grids => new()
    {
        { 1, 1, 2, 1 }, { 3, 1, 7, 1 }, { 33, 1, 128, 1 }, { 5, 1, 37, 1 }, { 300, 1, 100, 1 }, { 2, 1, 5000, 1 },
        { 9, 4, 6, 1 }, { 40, 8, 64, 1 }, { 2, 3, 2, 12 }, { 3, 5, 1, 49 }, { 2, 1, 3, 300 }, { 5, 2, 4, 4 },
        { 300, 2, 2, 3 }, { 2, 2, 40, 65 }, { 2, 1, 2, 20000 }, { 1, 1, 50000, 1 }, { 700, 1, 200, 1 },
    };

    private sealed record Result(double[] Y, double[] Mean, double[] Inverse, double[] Dx, double[] Dgamma, double[] Dbeta)
    {
        public double[] All => [.. Y, .. Mean, .. Inverse, .. Dx, .. Dgamma, .. Dbeta];
    }

    private static double[] Random(int count, int seed, double offset = 0)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4 - 2 + offset)];
    }

    private static Result Run<T>(RowGrid grid, double[] x, double[] dy, double[] gamma, double[] beta) where T : unmanaged
    {
        T[] Of(double[] numbers) => Array.ConvertAll(numbers, number => (T)Convert.ChangeType(number, typeof(T)));
        static double[] Out(T[] numbers) => Array.ConvertAll(numbers, number => Convert.ToDouble(number));
        T[] y = new T[x.Length], mean = new T[grid.Rows], inverse = new T[grid.Rows];
        T[] dx = new T[x.Length], dgamma = new T[gamma.Length], dbeta = new T[gamma.Length];
        RowNorm.Forward<T>(grid, Of(x), Of(gamma), Of(beta), Epsilon, y, mean, inverse);
        RowNorm.Backward<T>(grid, Of(x), Of(dy), Of(gamma), mean, inverse, dx, dgamma, dbeta);
        return new Result(Out(y), Out(mean), Out(inverse), Out(dx), Out(dgamma), Out(dbeta));
    }

    private static Result Naive(RowGrid grid, double[] x, double[] dy, double[] gamma, double[] beta)
    {
        double[] y = new double[x.Length], mean = new double[grid.Rows], inverse = new double[grid.Rows], dx = new double[x.Length];
        double[] dgamma = new double[gamma.Length], dbeta = new double[gamma.Length];
        int length = grid.RowLength;
        for (int row = 0; row < grid.Rows; row++)
        {
            int[] at = [.. Enumerable.Range(row * length, length)];
            int Channel(int i) => row % grid.Groups * grid.Channels + (i - row * length) / grid.RunLength;
            double G(int i) => dy[i] * (gamma.Length == 0 ? 1 : gamma[Channel(i)]);
            double m = at.Average(i => x[i]), v = at.Average(i => (x[i] - m) * (x[i] - m)), k = 1 / Math.Sqrt(v + Epsilon);
            (mean[row], inverse[row]) = (m, k);
            double c = at.Average(G), d = at.Average(i => G(i) * (x[i] - m) * k);
            foreach (int i in at)
            {
                double normal = (x[i] - m) * k;
                y[i] = gamma.Length == 0 ? normal : normal * gamma[Channel(i)] + beta[Channel(i)];
                dx[i] = k * (G(i) - c - normal * d);
                if (gamma.Length == 0) continue;
                dgamma[Channel(i)] += dy[i] * normal;
                dbeta[Channel(i)] += dy[i];
            }
        }
        return new Result(y, mean, inverse, dx, dgamma, dbeta);
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void AgreesWithTheFormulas(int samples, int groups, int channels, int run)
    {
        RowGrid grid = new(samples, groups, channels, run);
        int count = (int)grid.Length;
        double[] x = Random(count, 1, 3), dy = Random(count, 2);
        foreach (int parameters in (ReadOnlySpan<int>)[0, grid.Parameters])
        {
            double[] gamma = Random(parameters, 3, 3), beta = Random(parameters, 4);
            Result expected = Naive(grid, x, dy, gamma, beta);
            Near(expected, Run<double>(grid, x, dy, gamma, beta), 1e-11);
            Near(expected, Run<float>(grid, x, dy, gamma, beta), 2e-4);
        }

        static void Near(Result expected, Result found, double tolerance)
        {
            (double[] Expected, double[] Found)[] pairs =
            [
                (expected.Y, found.Y), (expected.Mean, found.Mean), (expected.Inverse, found.Inverse),
                (expected.Dx, found.Dx), (expected.Dgamma, found.Dgamma), (expected.Dbeta, found.Dbeta),
            ];
            foreach ((double[] one, double[] other) in pairs)
            {
                Assert.Equal(one.Length, other.Length);
                double scale = one.Select(Math.Abs).Append(1).Max();
                for (int i = 0; i < one.Length; i++)
                    Assert.True(Math.Abs(one[i] - other[i]) <= tolerance * scale, $"element {i}: expected {one[i]}, found {other[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void SameBitsForAnyLanesAndThreads(int samples, int groups, int channels, int run)
    {
        RowGrid grid = new(samples, groups, channels, run);
        int count = (int)grid.Length;
        double[] x = Random(count, 1), dy = Random(count, 2);
        foreach (int parameters in (ReadOnlySpan<int>)[0, grid.Parameters])
        {
            double[] gamma = Random(parameters, 3), beta = Random(parameters, 4);
            Everywhere.Same(() => Run<double>(grid, x, dy, gamma, beta).All);
            Everywhere.Same(() => Run<float>(grid, x, dy, gamma, beta).All);
        }
    }

    [Fact]
    public void AMeanFarFromZeroCostsNoAccuracy()
    {
        float[] x = [.. Random(4096, 5).Select(value => (float)value + 10000)];
        float[] y = new float[4096], mean = new float[1], inverse = new float[1];
        double m = x.Average(value => (double)value), v = x.Average(value => (value - m) * (value - m));
        RowNorm.Forward<float>(new RowGrid(1, 1, 4096, 1), x, default, default, 0, y, mean, inverse);
        Assert.Equal(1 / Math.Sqrt(v), inverse[0], 1e-4);
    }

    [Fact]
    public void ARowWithNaNHasNothingElse()
    {
        float[] x = [.. Enumerable.Range(0, 300).Select(i => i == 120 ? float.NaN : i % 7)];
        float[] y = new float[300], mean = new float[3], inverse = new float[3];
        RowNorm.Forward<float>(new RowGrid(3, 1, 100, 1), x, default, default, Epsilon, y, mean, inverse);
        Assert.True(y[..100].All(float.IsFinite) && y[100..200].All(float.IsNaN) && y[200..].All(float.IsFinite));
    }

    [Fact]
    public void WrongLengthsAreNamed()
    {
        RowGrid grid = new(2, 1, 3, 1);
        double[] x = new double[6], rows = new double[2], y = new double[6];
        Refused("gamma", () => RowNorm.Forward<double>(grid, x, new double[2], new double[2], 0, y, rows, rows));
        Refused("beta", () => RowNorm.Forward<double>(grid, x, new double[3], default, 0, y, rows, rows));
        Refused("mean", () => RowNorm.Forward<double>(grid, x, default, default, 0, y, new double[1], rows));
        Refused("dy", () => RowNorm.Backward<double>(grid, x, new double[5], default, rows, rows, y, default, default));

        static void Refused(string name, Action call) =>
            Assert.Contains(name, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }
}
