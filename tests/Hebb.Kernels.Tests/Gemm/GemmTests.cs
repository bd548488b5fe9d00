using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public sealed class GemmTests : IDisposable
{
    private readonly int _width = Lanes.Width, _threads = Team.Threads;

    public void Dispose() => (Lanes.Width, Team.Threads) = (_width, _threads);

    /// <summary>Sizes at every border: of small products, of tiles, of registers, of panels, of blocks, of copying rules.</summary>
    public static readonly (int M, int N, int K)[] Shapes =
    [
        (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (4, 2, 4), (2, 8, 4), (4, 1, 8), (7, 3, 5), (13, 5, 9), (16, 16, 16),
        (5, 10, 84), (15, 17, 33), (14, 32, 64), (28, 33, 40), (29, 31, 65), (3, 120, 70), (64, 64, 64), (130, 40, 50), (131, 47, 13),
        (1, 100, 70), (100, 1, 70), (1, 64, 1), (1, 37, 530), (37, 1, 530), (1, 1, 1100), (9, 50, 513), (20, 36, 1040), (260, 24, 600),
        (3, 530, 20), (40, 130, 30), (50, 700, 1), (16, 1024, 40), (17, 130, 1024),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    public void AgreesWithATripleLoop(int layout)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            Compare<float>(m, n, k, layout);
            Compare<double>(m, n, k, layout);
        }
    }

    private static void Compare<T>(int m, int n, int k, int layout) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var c = new GemmCase<T>(m, n, k, layout, seed: m + 31 * n + 977 * k + layout);
        foreach (bool accumulate in new[] { false, true })
        {
            c.Check(c.Run(accumulate), accumulate);
            c.Check(c.RunPacked(accumulate), accumulate);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RandomShapesAgreeWithATripleLoop(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++)
        {
            Lanes.Width = random.GetItems([512, 256, 128, 1], 1)[0];
            Team.Threads = random.Next(1, 4);
            Compare<float>(random.Next(90), random.Next(90), random.Next(90), random.Next(16));
            Compare<double>(random.Next(60), random.Next(60), random.Next(60), random.Next(16));
        }
    }

    [Fact]
    public void EveryWidthAndNumberOfThreadsGivesTheSameBits()
    {
        (int, int, int)[] large = [(300, 200, 150), (64, 400, 784), (1, 700, 900), (700, 1, 900), (530, 90, 1100)];
        foreach ((int m, int n, int k) in Shapes.Concat(large))
            foreach (int layout in new[] { 0, 3, 15 })
            {
                SameBits<float>(m, n, k, layout);
                SameBits<double>(m, n, k, layout);
            }
    }

    private static void SameBits<T>(int m, int n, int k, int layout) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var c = new GemmCase<T>(m, n, k, layout, seed: m + n + k);
        foreach (bool accumulate in new[] { false, true })
        {
            T[]? first = null, packed = null;
            foreach (int width in new[] { 512, 256, 128, 1 })
                foreach (int threads in new[] { 1, 3 })
                {
                    (Lanes.Width, Team.Threads) = (width, threads);
                    T[] result = c.Run(accumulate), resultPacked = c.RunPacked(accumulate);
                    Assert.True(result.AsSpan().SequenceEqual(first ??= result), c.ToString());
                    Assert.True(resultPacked.AsSpan().SequenceEqual(packed ??= resultPacked), $"{c} packed");
                }
            if (m > 1 && n > 1) Assert.True(first.AsSpan().SequenceEqual(packed), $"{c} packed against not packed");
        }
    }

    [Theory]
    [InlineData(40, 50, 300, 1)]
    [InlineData(4, 4, 30, 1)]
    [InlineData(40, 50, 1300, 3)]
    public void ASumIsAChainOfFusedMultiplyAddsInBlocksOfK(int m, int n, int k, int blocks)
    {
        var c = new GemmCase<float>(m, n, k, 0, seed: 5);
        float[] result = c.Run();
        int block = (k + blocks - 1) / blocks;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                float sum = 0;
                for (int first = 0; first < k; first += block)
                {
                    float chain = 0;
                    for (int p = first; p < Math.Min(k, first + block); p++)
                        chain = MathF.FusedMultiplyAdd(c.A[i * c.ARow + p], c.B[p * c.BRow + j], chain);
                    sum = first == 0 ? chain : sum + chain;
                }
                Assert.Equal(sum, result[i * c.CRow + j]);
            }
    }

    [Fact]
    public void ARowOfAProductHasTheBitsOfTheProductOfThatRow()
    {
        var c = new GemmCase<float>(30, 200, 700, 0, seed: 8);
        float[] all = c.Run(), row = new float[c.N];
        for (int i = 0; i < c.M; i++)
        {
            Gemm.Run<float>(1, c.N, c.K, c.A.AsSpan(i * c.ARow), c.ARow, 1, c.B, c.BRow, 1, row, c.N);
            Assert.Equal(all.AsSpan(i * c.CRow, c.N).ToArray(), row);
        }
    }

    [Theory]
    [InlineData(6, 5, 4)]
    [InlineData(70, 50, 40)]
    [InlineData(70, 50, 600)]
    [InlineData(1, 50, 40)]
    [InlineData(50, 1, 40)]
    public void BiasAndActivationEndTheProduct(int m, int n, int k)
    {
        foreach (int layout in new[] { 0, 3, 4 })
            foreach (bool accumulate in new[] { false, true })
                foreach (BiasAxis axis in new[] { BiasAxis.Column, BiasAxis.Row })
                {
                    var c = new GemmCase<double>(m, n, k, layout, seed: 9);
                    var random = new Random(1);
                    double[] bias = [.. Enumerable.Range(0, axis == BiasAxis.Row ? m : n).Select(_ => random.NextDouble())];
                    double[] product = c.Run(accumulate), result = [.. c.C], packed = [.. c.C], paired = [.. c.C];
                    double[] other = [.. c.C.Select(_ => random.NextDouble())];
                    Gemm.Run(m, n, k, c.A, c.ARow, c.AColumn, c.B, c.BRow, c.BColumn, result, c.CRow, bias,
                        default(FirstOfPair<Square>), accumulate, axis);
                    Gemm.Run(m, n, k, c.A, c.ARow, c.AColumn, c.B, c.BRow, c.BColumn, paired, c.CRow, bias,
                        default(SquareLess), accumulate, axis, other);
                    var b = new PackedMatrix<double>();
                    b.Pack(k, n, c.B, c.BRow, c.BColumn);
                    Gemm.Run(m, c.A, c.ARow, c.AColumn, b, packed, c.CRow, bias, default(FirstOfPair<Square>), accumulate, axis);
                    for (int i = 0; i < m; i++)
                        for (int j = 0; j < n; j++)
                        {
                            int at = i * c.CRow + j;
                            double sum = product[at] + bias[axis == BiasAxis.Row ? i : j];
                            Assert.Equal(sum * sum, result[at]);
                            Assert.Equal(sum * sum, packed[at], 1e-9);
                            Assert.Equal((sum * sum) - other[at], paired[at]);
                        }
                }
    }

    [Theory]
    [InlineData(64, 64, 4096)]
    [InlineData(5, 33, 4100)]
    [InlineData(70, 20, 3000)]
    public void LongSumsHaveTheSameBitsOnAnyNumberOfThreads(int m, int n, int k)
    {
        var c = new GemmCase<float>(m, n, k, layout: 1, seed: 3);
        float[] bias = [.. c.A.Take(m)], other = [.. c.C.Select(v => 1 - v)];
        foreach (bool accumulate in new[] { false, true })
        {
            float[][] results =
            [
                .. new[] { 1, 2, 4 }.Select(threads =>
                {
                    Team.Threads = threads;
                    float[] result = [.. c.C];
                    Gemm.Run(m, n, k, c.A, c.ARow, c.AColumn, c.B, c.BRow, c.BColumn, result, c.CRow, bias, default(SquareLess), accumulate,
                        BiasAxis.Row, other);
                    return result;
                }),
            ];
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
    }

    [Theory]
    [InlineData(20, 3, 4, 5)]
    [InlineData(3, 70, 80, 90)]
    [InlineData(0, 2, 2, 2)]
    public void ABatchIsItsProducts(int batch, int m, int n, int k)
    {
        foreach (int threads in new[] { 1, 3 })
            foreach (bool accumulate in new[] { false, true })
                foreach (int bBatch in new[] { 0, k * n + 1 })
                {
                    Team.Threads = threads;
                    var random = new Random(2);
                    int aBatch = m * k, cBatch = m * n + 2;
                    float[] a = Numbers(batch * aBatch), b = Numbers(batch * bBatch + k * n), c = Numbers(batch * cBatch),
                        expected = [.. c];
                    Gemm.Batched(
                        batch, m, n, k, a, aBatch, k, 1, b, bBatch, n, 1, c, cBatch, n, default(FirstOfPair<NoActivation>), [], accumulate);
                    for (int i = 0; i < batch; i++)
                        Gemm.Run<float>(
                            m, n, k, a.AsSpan(i * aBatch), k, 1, b.AsSpan(i * bBatch), n, 1, expected.AsSpan(i * cBatch), n, accumulate);
                    Assert.Equal(expected, c);
                    float[] other = Numbers(batch * cBatch), paired = [.. expected];
                    Gemm.Batched(
                        batch, m, n, k, a, aBatch, k, 1, b, bBatch, n, 1, c, cBatch, n, default(SquareLess), other, accumulate);
                    for (int i = 0; i < batch; i++)
                        Gemm.Run(
                            m, n, k, a.AsSpan(i * aBatch), k, 1, b.AsSpan(i * bBatch), n, 1, paired.AsSpan(i * cBatch), n, [],
                            default(SquareLess), accumulate, other: other.AsSpan(i * cBatch));
                    Assert.Equal(paired, c);

                    float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
                }
    }

    [Fact]
    public void NotANumberAndInfinityPassThrough()
    {
        float[] a = [1, float.NaN, 2, float.PositiveInfinity, 0, 1], b = [1, 0, 0, 1, 1, 0], c = new float[4];
        Gemm.Run<float>(2, 2, 3, a, 3, 1, b, 2, 1, c, 2);
        Assert.Equal([float.NaN, float.NaN, float.PositiveInfinity, float.NaN], c);
    }

    [Fact]
    public void BadArgumentsAreRefusedBeforeMemoryIsTouched()
    {
        float[] a = new float[12], b = new float[20], c = new float[15];
        Refused("m = -1", () => Gemm.Run<float>(-1, 5, 4, a, 4, 1, b, 5, 1, c, 5));
        Refused("A has strides (-4, 1)", () => Gemm.Run<float>(3, 5, 4, a, -4, 1, b, 5, 1, c, 5));
        Refused("A is 3 x 4 with strides (5, 1) and needs 14 numbers", () => Gemm.Run<float>(3, 5, 4, a, 5, 1, b, 5, 1, c, 5));
        Refused("B is 4 x 5", () => Gemm.Run<float>(3, 5, 4, a, 4, 1, b, 6, 1, c, 5));
        Refused("C is 3 x 5", () => Gemm.Run<float>(3, 5, 4, a, 4, 1, b, 5, 1, c, 6));
        Refused("C has 5 columns but only 4", () => Gemm.Run<float>(3, 5, 4, a, 4, 1, b, 5, 1, c, 4));
        Refused("needs", () => Gemm.Run<float>(int.MaxValue, 5, 4, a, int.MaxValue, 1, b, 5, 1, c, 5));
        Refused("C overlaps A", () => Gemm.Run<float>(3, 3, 3, c, 3, 1, b, 3, 1, c.AsSpan(6), 3));
        Refused("C overlaps B", () => Gemm.Run<float>(3, 3, 3, a, 3, 1, c, 3, 1, c.AsSpan(6), 3));
        Refused("C overlaps the bias", () => Gemm.Run(3, 3, 3, a, 3, 1, b, 3, 1, c, 3, c.AsSpan(2, 3), default(FirstOfPair<Square>)));
        Refused("The bias has 4 numbers", () => Gemm.Run(3, 5, 4, a, 4, 1, b, 5, 1, c, 5, new float[4], default(FirstOfPair<Square>)));
        Refused("the other matrix is 3 x 5", () =>
            Gemm.Run(3, 5, 4, a, 4, 1, b, 5, 1, c, 5, [], default(SquareLess), other: new float[14]));
        Refused("The C's of a batch overlap", () =>
            Gemm.Batched(2, 2, 2, 2, a, 4, 2, 1, b, 4, 2, 1, c, 3, 2, default(FirstOfPair<NoActivation>), []));
        Refused("of Int32", () => Gemm.Run<int>(1, 1, 1, [1], 1, 1, [1], 1, 1, new int[1], 1));
        Gemm.Run<float>(3, 3, 3, c, 3, 1, b, 3, 1, new float[9], 3);

        static void Refused(string part, Action action) => Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
    }

    [Theory]
    [InlineData(4, 2, 4)]
    [InlineData(33, 44, 55)]
    [InlineData(150, 160, 600)]
    [InlineData(1, 80, 90)]
    [InlineData(80, 1, 90)]
    public void ASecondProductAllocatesNothing(int m, int n, int k)
    {
        Team.Threads = 2;
        var c = new GemmCase<float>(m, n, k, 2, seed: 3);
        var packed = new PackedMatrix<float>();
        var result = new float[c.C.Length];
        for (int i = 0; i < 20; i++) Products();
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 20; i++) Products();
        }));

        void Products()
        {
            Gemm.Run<float>(m, n, k, c.A, c.ARow, c.AColumn, c.B, c.BRow, c.BColumn, result, c.CRow, accumulate: true);
            packed.Pack(k, n, c.B, c.BRow, c.BColumn);
            Gemm.Run(m, c.A, c.ARow, c.AColumn, packed, result, c.CRow);
        }
    }

    private readonly struct SquareLess : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x, V y) where V : struct, ILane<V> => (x * x) - y;
    }

    private readonly struct Square : IUnaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x) where V : struct, ILane<V> => x * x;
    }
}
