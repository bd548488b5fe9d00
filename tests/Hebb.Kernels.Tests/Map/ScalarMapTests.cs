namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class ScalarMapTests
{
    [Fact]
    public void AnyLayoutAgreesWithThePlainLoop()
    {
        Random random = new(1);
        for (int trial = 0; trial < 60; trial++) Check(random, Layout.RandomShape(random));
        Check(random, [300, 200]);
    }

    private static void Check(Random random, Dims shape)
    {
        Layout p = Layout.Random(random, shape, broadcast: true), q = Layout.Random(random, shape, broadcast: true);
        Layout r = Layout.Random(random, shape, broadcast: false);
        long[] a = [.. Enumerable.Range(0, p.Length)], b = [.. Enumerable.Range(3, q.Length)];
        long[] expected = new long[r.Length];
        short[] expectedShort = new short[r.Length];
        foreach (int[] index in Layout.Indices(shape))
        {
            expected[r.At(index)] = (a[p.At(index)] * 10) - b[q.At(index)];
            expectedShort[r.At(index)] = (short)(a[p.At(index)] % 100);
        }
        Loop two = Loop.Of(shape, [p.Strides, r.Strides]), three = Loop.Of(shape, [p.Strides, q.Strides, r.Strides]);
        Assert.Equal(expected, Everywhere.Same(() =>
        {
            var y = new long[r.Length];
            ScalarMap.Binary(default(TenTimesLess), three, a, b, y);
            return y;
        }));
        Assert.Equal(expectedShort, Everywhere.Same(() =>
        {
            var y = new short[r.Length];
            ScalarMap.Unary(default(Last), two, a, y);
            return y;
        }));
    }

    [Fact]
    public void WideElementsAreRefused() =>
        Assert.Throws<NotSupportedException>(() => ScalarMap.Unary(default(Wide), Loop.Contiguous(1), new long[1], new Int128[1]));

    private readonly struct TenTimesLess : IScalarBinary<long, long>
    {
        public long Apply(long a, long b) => (a * 10) - b;
    }

    private readonly struct Last : IScalarUnary<long, short>
    {
        public short Apply(long x) => (short)(x % 100);
    }

    private readonly struct Wide : IScalarUnary<long, Int128>
    {
        public Int128 Apply(long x) => x;
    }
}
