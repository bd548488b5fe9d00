using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class MapChoicesTests
{
    [Fact]
    public void ComparisonsAgreeWithThePlainLoopForAnyLayout()
    {
        Random random = new(1);
        for (int trial = 0; trial < 60; trial++) Check(random, Layout.RandomShape(random));
        Check(random, [70000]);
        Check(random, [200, 300]);
    }

    [Fact]
    public void ComparisonsWithNaNAreFalse()
    {
        bool[] y = new bool[3];
        Map.Compare(new Less(), Loop.Contiguous(3), [double.NaN, 1, 1], [1.0, double.NaN, 2], y);
        Assert.Equal([false, false, true], y);
    }

    [Fact]
    public void SelectAgreesWithThePlainLoopForAnyTypeAndLayout()
    {
        Random random = new(2);
        for (int trial = 0; trial < 40; trial++)
        {
            Dims shape = trial == 0 ? [40, 1000] : Layout.RandomShape(random);
            CheckSelect<float>(random, shape, i => i);
            CheckSelect<double>(random, shape, i => i);
            CheckSelect<long>(random, shape, i => i - 5L);
            CheckSelect<bool>(random, shape, i => i % 3 == 0);
        }
    }

    [Fact]
    public void SelectKeepsTheBitsOfNaN()
    {
        long[] a = [0x7FF0_0000_0000_0001, -1], y = new long[2];
        Map.Select<long>(Loop.Contiguous(2), [true, false], a, a, y);
        Assert.Equal(a, y);
    }

    private static void Check(Random random, Dims shape)
    {
        Layout p = Layout.Random(random, shape, broadcast: true), q = Layout.Random(random, shape, broadcast: true);
        Layout r = Layout.Random(random, shape, broadcast: false);
        float[] a = Numbers(random, p.Length), b = Numbers(random, q.Length);
        Loop loop = Loop.Of(shape, [p.Strides, q.Strides, r.Strides]);
        bool[] expected = new bool[r.Length];
        foreach (int[] index in Layout.Indices(shape)) expected[r.At(index)] = a[p.At(index)] < b[q.At(index)];
        Assert.Equal(expected, Everywhere.Same(() => { var y = new bool[r.Length]; Map.Compare(new Less(), loop, a, b, y); return y; }));
        double[] da = [.. a], db = [.. b];
        Assert.Equal(expected, Everywhere.Same(() => { var y = new bool[r.Length]; Map.Compare(new Less(), loop, da, db, y); return y; }));
    }

    private static void CheckSelect<T>(Random random, Dims shape, Func<int, T> number) where T : unmanaged
    {
        Layout o = Layout.Random(random, shape, broadcast: true), p = Layout.Random(random, shape, broadcast: true);
        Layout q = Layout.Random(random, shape, broadcast: true), r = Layout.Random(random, shape, broadcast: false);
        bool[] c = [.. Enumerable.Range(0, o.Length).Select(_ => random.Next(2) == 0)];
        T[] a = [.. Enumerable.Range(0, p.Length).Select(number)], b = [.. Enumerable.Range(1000, q.Length).Select(number)];
        Loop loop = Loop.Of(shape, [o.Strides, p.Strides, q.Strides, r.Strides]);
        T[] expected = new T[r.Length];
        foreach (int[] index in Layout.Indices(shape)) expected[r.At(index)] = c[o.At(index)] ? a[p.At(index)] : b[q.At(index)];
        Assert.Equal(expected, Everywhere.Same(() => { var y = new T[r.Length]; Map.Select<T>(loop, c, a, b, y); return y; }));
    }

    private static float[] Numbers(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (float)random.Next(4))];

    private readonly struct Less : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => V.Less(a, b);
    }
}
