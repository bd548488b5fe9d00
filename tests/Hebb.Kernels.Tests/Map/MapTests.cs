using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class MapTests
{
    [Fact]
    public void EveryLengthGivesTheSameBitsAtEveryWidth()
    {
        for (int n = 0; n < 70; n++)
        {
            float[] a = Numbers(n, 1), b = Numbers(n, 2), c = Numbers(n, 3);
            float[] unary = Everywhere.Same(() => { var y = new float[n]; Map.Unary(new Cubic(), a, y); return y; });
            float[] binary = Everywhere.Same(() => { var y = new float[n]; Map.Binary(new Mix(), a, b, y); return y; });
            float[] ternary = Everywhere.Same(() => { var y = new float[n]; Map.Ternary(new FusedMix(), a, b, c, y); return y; });
            for (int i = 0; i < n; i++)
            {
                Assert.Equal((a[i] * a[i] * a[i]) + 0.1f, unary[i]);
                Assert.Equal((a[i] * 3f) - b[i], binary[i]);
                Assert.Equal(MathF.FusedMultiplyAdd(a[i], b[i], c[i]), ternary[i]);
            }
        }
    }

    [Fact]
    public void BigArraysAreSharedAmongThreadsWithoutChange()
    {
        int n = (3 * Sweep.Shared) + 7;
        double[] a = [.. Numbers(n, 1)], b = [.. Numbers(n, 2)];
        double[] y = Everywhere.Same(() => { var r = new double[n]; Map.Binary(new Mix(), a, b, r); return r; });
        for (int i = 0; i < n; i++) Assert.Equal((a[i] * 3) - b[i], y[i]);
    }

    [Fact]
    public void BigStridedAndBroadcastLoopsAreSharedWithoutChange()
    {
        Random random = new(5);
        foreach (Dims shape in new Dims[] { [3, 40000], [9000, 7], [40, 41, 42], [2, 3, 17000], [130, 300] })
            CheckBinary(random, shape);
    }

    [Fact]
    public void AnyLayoutAgreesWithThePlainLoop()
    {
        Random random = new(1);
        for (int trial = 0; trial < 150; trial++) CheckBinary(random, Layout.RandomShape(random));
    }

    [Fact]
    public void InPlaceWorksForEveryLengthAndLayout()
    {
        Random random = new(2);
        for (int n = 0; n < 70; n++)
        {
            float[] x = Numbers(n, 4);
            float[] y = Everywhere.Same(() => { float[] r = [.. x]; Map.Unary(new Cubic(), r, r); return r; });
            for (int i = 0; i < n; i++) Assert.Equal((x[i] * x[i] * x[i]) + 0.1f, y[i]);
        }
        for (int trial = 0; trial < 50; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Layout at = Layout.Random(random, shape, broadcast: false);
            float[] x = Numbers(at.Length, 5);
            Loop loop = Loop.Of(shape, [at.Strides, at.Strides]);
            float[] y = Everywhere.Same(() => { float[] r = [.. x]; Map.Unary(new Cubic(), loop, r, r); return r; });
            float[] expected = [.. x];
            foreach (int[] index in Layout.Indices(shape))
            {
                float v = x[at.At(index)];
                expected[at.At(index)] = (v * v * v) + 0.1f;
            }
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void ABodyMayHaveManyOperandsAndUpdateThemInPlace()
    {
        foreach (int n in new[] { 0, 1, 15, 16, 17, 100, 40000 })
        {
            float[] w = Numbers(n, 1), g = Numbers(n, 2), m = Numbers(n, 3), v = Numbers(n, 4);
            float[] all = Everywhere.Same(() =>
            {
                float[] w1 = [.. w], m1 = [.. m], v1 = [.. v];
                Map.Run(new Update(0.5), Loop.Contiguous(n), new Operands<float>().In(w1).In(g).In(m1).In(v1).Out(w1).Out(m1).Out(v1));
                return (float[])[.. w1, .. m1, .. v1];
            });
            Assert.Equal(all, Everywhere.Same(() =>
            {
                float[] w1 = [.. w], m1 = [.. m], v1 = [.. v];
                Map.Run(new Update(0.5), new Operands<float>().In(w1).In(g).In(m1).In(v1).Out(w1).Out(m1).Out(v1));
                return (float[])[.. w1, .. m1, .. v1];
            }));
            for (int i = 0; i < n; i++)
            {
                float m1 = (m[i] * 0.5f) + g[i], v1 = v[i] + (g[i] * g[i]);
                Assert.Equal((w[i] - (m1 * v1), m1, v1), (all[i], all[n + i], all[n + n + i]));
            }
        }
    }

    [Fact]
    public void ABodyRunsOverAnyLayoutOfItsOperands()
    {
        Random random = new(3);
        for (int trial = 0; trial < 40; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Layout[] at = [.. Enumerable.Range(0, 7).Select(k => Layout.Random(random, shape, broadcast: k < 4))];
            float[][] x = [.. at.Select((l, k) => Numbers(l.Length, k))];
            Loop loop = Loop.Of(shape, [.. at.Select(l => l.Strides)], outputs: 3);
            float[] all = Everywhere.Same(() =>
            {
                float[][] y = [.. x.Skip(4).Select(_ => new float[_.Length])];
                Map.Run(new Update(0.5), loop, new Operands<float>().In(x[0]).In(x[1]).In(x[2]).In(x[3]).Out(y[0]).Out(y[1]).Out(y[2]));
                return y.SelectMany(r => r).ToArray();
            });
            foreach (int[] index in Layout.Indices(shape))
            {
                float w = x[0][at[0].At(index)], g = x[1][at[1].At(index)], m = x[2][at[2].At(index)], v = x[3][at[3].At(index)];
                float m1 = (m * 0.5f) + g, v1 = v + (g * g);
                int second = at[4].Length, third = second + at[5].Length;
                Assert.Equal((w - (m1 * v1), m1, v1),
                    (all[at[4].At(index)], all[second + at[5].At(index)], all[third + at[6].At(index)]));
            }
        }
    }

    [Fact]
    public void OperandsAreChangedInPlaceInAnyLayout()
    {
        Random random = new(4);
        for (int trial = 0; trial < 60; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Layout[] at = [.. Enumerable.Range(0, 4).Select(k => Layout.Random(random, shape, broadcast: k == 2))];
            float[][] x = [.. at.Select((l, k) => Numbers(l.Length, k))];
            Loop loop = Loop.Of(shape, [.. at.Select(l => l.Strides)], outputs: 1, changed: 2);
            float[][] all = [.. at.Select(l => new float[l.Length])];
            float[] bits = Everywhere.Same(() =>
            {
                float[] w = [.. x[0]], m = [.. x[1]], y = [.. x[3]];
                Map.Run(new Follow(0.5), loop, new Operands<float>().InOut(w).InOut(m).In(x[2]).Out(y));
                (all[0], all[1], all[3]) = (w, m, y);
                return (float[])[.. w, .. m, .. y];
            });
            foreach (int[] index in Layout.Indices(shape))
            {
                float w = x[0][at[0].At(index)], m = (x[1][at[1].At(index)] * 0.5f) + x[2][at[2].At(index)];
                Assert.Equal((w - m, m, w), (all[0][at[0].At(index)], all[1][at[1].At(index)], all[3][at[3].At(index)]));
            }
        }
    }

    [Fact]
    public void ACallLeavesWhatLiesBesideTheOutput()
    {
        Everywhere.Run(() =>
        {
            for (int n = 0; n < 40; n++)
            {
                float[] y = new float[n + 32];
                Array.Fill(y, 7);
                Map.Unary(new Cubic(), new float[n], y.AsSpan(16, n));
                Assert.All(y.Take(16).Concat(y.Skip(16 + n)), v => Assert.Equal(7, v));
            }
        });
    }

    [Fact]
    public void NonFiniteNumbersPassThrough()
    {
        float[] x = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f];
        float[] y = Everywhere.Same(() => { var r = new float[4]; Map.Unary(new Negate(), x, r); return r; });
        Assert.True(float.IsNaN(y[0]) && float.IsNegativeInfinity(y[1]) && float.IsPositiveInfinity(y[2]) && !float.IsNegative(y[3]));
    }

    [Fact]
    public void WrongLengthsAreRefusedInASentence()
    {
        float[] five = new float[5], six = new float[6];
        Refused("Input 0 has 5 elements and the output 6", () => Map.Unary(new Cubic(), five, six));
        Refused("Input 1 has 5", () => Map.Binary(new Mix(), six, five, six));
        Refused("Input 2 has 5", () => Map.Ternary(new FusedMix(), six, six, five, six));
        Refused("Operand 0 has 5 elements and the loop reaches 6", () => Map.Unary(new Cubic(), Loop.Contiguous(6), five, six));
        Refused("Input 1 has 5", () =>
            Map.Run(new Update(0.5), new Operands<float>().In(six).In(five).In(six).In(six).Out(six).Out(six).Out(six)));
        Loop two = Loop.Of([6], [[1], [1]]);
        Refused("made for 2 operands and got 3", () => Map.Binary(new Mix(), two, six, six, six));
        Assert.Throws<InvalidOperationException>(() => { _ = new Operands<float>().Out(six).In(six); });
        Assert.Throws<InvalidOperationException>(() => { _ = new Operands<float>().In(six).InOut(six); });
    }

    [Fact]
    public void OtherElementTypesAreRefused() =>
        Assert.Throws<NotSupportedException>(() => Map.Unary(new Cubic(), new long[3], new long[3]));

    [Fact]
    public void ABodyThatUsesAnOperandWhichIsNotThereFailsCleanly()
    {
        float[] x = new float[20];
        Assert.Throws<NullReferenceException>(() => Map.Run(new Update(1), Loop.Contiguous(20), new Operands<float>().In(x).Out(x)));
    }

    private static void CheckBinary(Random random, Dims shape)
    {
        Layout p = Layout.Random(random, shape, broadcast: true), q = Layout.Random(random, shape, broadcast: true);
        Layout r = Layout.Random(random, shape, broadcast: false);
        float[] a = Numbers(p.Length, 1), b = Numbers(q.Length, 2);
        Loop loop = Loop.Of(shape, [p.Strides, q.Strides, r.Strides]);
        float[] y = Everywhere.Same(() => { var o = new float[r.Length]; Map.Binary(new Mix(), loop, a, b, o); return o; });
        float[] expected = new float[r.Length];
        foreach (int[] index in Layout.Indices(shape)) expected[r.At(index)] = (a[p.At(index)] * 3f) - b[q.At(index)];
        Assert.Equal(expected, y);
    }

    private static float[] Numbers(int n, int seed)
    {
        Random random = new(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) x[i] = (random.NextSingle() * 4) - 2;
        return x;
    }

    private static void Refused(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private readonly struct Cubic : IUnaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x) where V : struct, ILane<V> => (x * x * x) + V.Of(0.1);
    }

    private readonly struct Negate : IUnaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x) where V : struct, ILane<V> => -x;
    }

    private readonly struct Mix : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => (a * V.Of(3)) - b;
    }

    private readonly struct FusedMix : ITernaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b, V c) where V : struct, ILane<V> => V.Fma(a, b, c);
    }

    /// <summary>m ← decay m + g; w ← w - m, and what w was.</summary>
    private readonly struct Follow(double decay) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
        {
            V w = io.Load(0), m = (io.Load(1) * V.Of(decay)) + io.Load(2);
            io.Store(0, w - m);
            io.Store(1, m);
            io.Store(2, w);
        }
    }

    private readonly struct Update(double decay) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
        {
            V g = io.Load(1), m = (io.Load(2) * V.Of(decay)) + g, v = io.Load(3) + (g * g);
            io.Store(0, io.Load(0) - (m * v));
            io.Store(1, m);
            io.Store(2, v);
        }
    }
}
