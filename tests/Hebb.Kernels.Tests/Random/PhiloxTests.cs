namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class PhiloxTests
{
    private const ulong Seed = 42, Stream = 7;

    public delegate void Filler<T>(ulong position, Span<T> y);

    [Fact]
    public void AnElementDependsOnItsPositionAlone()
    {
        AnyCut<float>((p, y) => Philox.Uniform(Seed, Stream, p, y));
        AnyCut<double>((p, y) => Philox.Uniform(Seed, Stream, p, y));
        AnyCut<float>((p, y) => Philox.Normal(Seed, Stream, p, y));
        AnyCut<double>((p, y) => Philox.Normal(Seed, Stream, p, y));
        AnyCut<bool>((p, y) => Philox.Bernoulli(Seed, Stream, p, 0.3, y));
        AnyCut<float>((p, y) => Philox.Bernoulli(Seed, Stream, p, 0.3, 1.5f, y));
        AnyCut<double>((p, y) => Philox.Bernoulli(Seed, Stream, p, 0.3, 1.5, y));
        AnyCut<long>((p, y) => Philox.Integers(Seed, Stream, p, 1000, y));
    }

    [Fact]
    public void BigFillsAreTheSameOnAnyNumberOfThreads()
    {
        Everywhere.Same(() => { var y = new float[100_003]; Philox.Uniform(Seed, Stream, 5, y); return y; });
        Everywhere.Same(() => { var y = new double[70_001]; Philox.Normal(Seed, Stream, 5, y); return y; });
    }

    [Fact]
    public void PositionsWrap()
    {
        float[] whole = new float[200], start = new float[100];
        Philox.Uniform(Seed, Stream, ulong.MaxValue - 99, whole);
        Philox.Uniform(Seed, Stream, 0, start);
        Assert.Equal(start, whole[100..]);
    }

    [Fact]
    public void SeedsStreamsAndKindsShareNothing()
    {
        float[] a = new float[64], b = new float[64], c = new float[64];
        Philox.Uniform(1, 1, 0, a);
        Philox.Uniform(2, 1, 0, b);
        Philox.Uniform(1, 2, 0, c);
        double[] d = new double[64];
        Philox.Uniform(1, 1, 0, d);
        Assert.Empty(a.Intersect(b).Concat(a.Intersect(c)).Concat(b.Intersect(c)).Concat(a.Intersect(d.Select(v => (float)v))));
    }

    [Fact]
    public void UniformNumbersFillTheInterval()
    {
        const int N = 1_000_000;
        float[] x = new float[N];
        double[] y = new double[N];
        Philox.Uniform(Seed, Stream, 0, x);
        Philox.Uniform(Seed, Stream, 0, y);
        Even([.. x.Select(v => (double)v)]);
        Even(y);
        Assert.All(x, v => Assert.True(v is >= 0 and < 1 && v * (1 << 24) == MathF.Floor(v * (1 << 24))));
        Assert.All(y, v => Assert.True(v is >= 0 and < 1));
        Assert.Contains(y, v => v * (1L << 53) % 2 == 1);
    }

    [Fact]
    public void NormalNumbersHaveTheirMomentsTailsAndNoCorrelation()
    {
        const int N = 1 << 20;
        float[] x = new float[N];
        double[] y = new double[N];
        Philox.Normal(Seed, Stream, 0, x);
        Philox.Normal(Seed, Stream, 0, y);
        NormalLike([.. x.Select(v => (double)v)]);
        NormalLike(y);
    }

    [Fact]
    public void NormalNumbersFollowTheFormula()
    {
        double[] y = new double[64];
        Philox.Normal(Seed, Stream, 0, y);
        for (int i = 0; i < 16; i++)
        {
            ulong a = Word(i), b = Word(i + 16);
            double u = ((a >> 1) * Math.Pow(2, -63)) + Math.Pow(2, -64), t = (b >> 11) * Math.Pow(2, -53), r = Math.Sqrt(-2 * Math.Log(u));
            Assert.Equal(r * Math.Cos(2 * Math.PI * t), y[i], 1e-14);
            Assert.Equal(r * Math.Sin(2 * Math.PI * t), y[i + 16], 1e-14);
        }
    }

    [Fact]
    public void MasksAgreeWithTheUniformNumbersOfTheSamePositions()
    {
        float[] u = new float[1000], m = new float[1000];
        double[] d = new double[1000];
        bool[] b = new bool[1000];
        foreach (double p in new[] { 0, 1e-9, 0.25, 0.3, 0.999, 1 })
        {
            Philox.Uniform(Seed, Stream, 3, u);
            Philox.Bernoulli(Seed, Stream, 3, p, b);
            Philox.Bernoulli(Seed, Stream, 3, p, 2f, m);
            Philox.Bernoulli(Seed, Stream, 3, p, 2d, d);
            for (int i = 0; i < 1000; i++)
            {
                bool holds = u[i] < p;
                Assert.Equal((holds, holds ? 2f : 0, holds ? 2d : 0), (b[i], m[i], d[i]));
            }
        }
        foreach (double p in new[] { -0.1, 1.1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Bernoulli(Seed, Stream, 0, p, b));
    }

    [Fact]
    public void WholeNumbersAreEquallyLikely()
    {
        const int N = 700_000;
        long[] y = new long[N];
        Philox.Integers(Seed, Stream, 0, 7, y);
        long[] counts = new long[7];
        foreach (long v in y) counts[v]++;
        Assert.True(ChiSquared(counts, N / 7.0) < 22.5); // one in a thousand with 6 degrees of freedom
        Philox.Integers(Seed, Stream, 0, 1, y);
        Assert.All(y, v => Assert.Equal(0, v));
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Integers(Seed, Stream, 0, 0, y));
    }

    [Fact]
    public void WordsThatWouldFavorSomeNumbersAreReplaced()
    {
        // A quarter of all words would favor a third of these numbers: without rejection its share would be 1/2 and not 1/3.
        const long N = 3L << 61;
        long[] y = Everywhere.Same(() => { var r = new long[30_000]; Philox.Integers(Seed, Stream, 0, N, r); return r; });
        long[] counts = new long[3];
        foreach (long v in y) counts[v % 3]++;
        Assert.True(ChiSquared(counts, 10_000) < 13.8);
        Assert.InRange(y.Average(v => v / (double)N), 0.49, 0.51);
    }

    [Fact]
    public void PermutationsHoldEveryNumberOnceAndAllOrdersAreEquallyLikely()
    {
        foreach (int n in new[] { 0, 1, 2, 255, 256, 257, 1000 })
        {
            int[] order = Everywhere.Same(() => { var o = new int[n]; Philox.Permutation(Seed, Stream, 9, o); return o; });
            Assert.Equal(Enumerable.Range(0, n), order.Order());
        }
        long[] counts = new long[24];
        int[] four = new int[4];
        for (ulong i = 0; i < 24_000; i++)
        {
            Philox.Permutation(Seed, Stream, 4 * i, four);
            int a = four[0], b = four[1] - (four[1] > a ? 1 : 0), c = four[2] > four[3] ? 1 : 0;
            counts[(((a * 3) + b) * 2) + c]++;
        }
        Assert.True(ChiSquared(counts, 1000) < 49.7); // one in a thousand with 23 degrees of freedom
    }

    private static ulong Word(int i)
    {
        var (w0, w1, w2, w3) = PhiloxBlocks.Block(Seed, (ulong)(uint)(i % 16) | (1UL << 63), Stream);
        return i < 16 ? w0 | ((ulong)w1 << 32) : w2 | ((ulong)w3 << 32);
    }

    private static void AnyCut<T>(Filler<T> fill) where T : unmanaged
    {
        T[] whole = Everywhere.Same(() => { var y = new T[2300]; fill(100, y); return y; });
        Random random = new(1);
        for (int trial = 0; trial < 60; trial++)
        {
            int from = random.Next(whole.Length), n = Math.Min(whole.Length - from, random.Next(trial < 40 ? 70 : 2300));
            T[] part = new T[n];
            fill(100 + (ulong)from, part);
            Assert.Equal(whole[from..(from + n)], part);
        }
    }

    private static void Even(double[] x)
    {
        long[] counts = new long[100];
        foreach (double v in x) counts[(int)(v * 100)]++;
        Assert.True(ChiSquared(counts, x.Length / 100.0) < 149); // one in a thousand with 99 degrees of freedom
        double mean = x.Average(), neighbors = 0;
        for (int i = 1; i < x.Length; i++) neighbors += (x[i] - mean) * (x[i - 1] - mean);
        Assert.Equal(0.5, mean, 1.2e-3); // four standard errors
        Assert.InRange(neighbors / x.Length * 12, -4e-3, 4e-3);
    }

    private static void NormalLike(double[] x)
    {
        double n = x.Length, mean = x.Average(), variance = x.Average(v => v * v), skew = x.Average(v => v * v * v);
        double kurtosis = x.Average(v => v * v * v * v), standardError = 1 / Math.Sqrt(n);
        Assert.InRange(mean, -4 * standardError, 4 * standardError);
        Assert.InRange(variance - 1, -4 * standardError * Math.Sqrt(2), 4 * standardError * Math.Sqrt(2));
        Assert.InRange(skew, -4 * standardError * Math.Sqrt(15), 4 * standardError * Math.Sqrt(15));
        Assert.InRange(kurtosis - 3, -4 * standardError * Math.Sqrt(96), 4 * standardError * Math.Sqrt(96));
        Assert.InRange(x.Count(v => Math.Abs(v) > 3) / n, 0.0027 * 0.92, 0.0027 * 1.08);
        for (int lag = 1; lag <= 64; lag *= 2)
        {
            double products = 0;
            for (int i = lag; i < x.Length; i++) products += x[i] * x[i - lag];
            Assert.InRange(products / n, -4.5 * standardError, 4.5 * standardError);
        }
    }

    private static double ChiSquared(long[] counts, double expected) => counts.Sum(c => (c - expected) * (c - expected) / expected);
}
