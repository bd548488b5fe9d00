namespace Hebb.Kernels.Tests;

public class ReduceScalarsTests
{
    [Fact]
    public void SumsAndPlacesAgreeWithThePlainLoopForAnyLayout()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Layout at = Layout.Random(random, shape, broadcast: true);
            int axes = random.Next(1 << shape.Rank);
            Dims kept = Part(shape, ~axes), gone = Part(shape, axes), keptStrides = Part(at.Strides, ~axes), goneStrides = Part(at.Strides, axes);
            long[] x = [.. Enumerable.Range(0, at.Length).Select(_ => (long)random.Next(-9, 9))];
            bool[] truth = [.. x.Select(v => v > 0)];
            float[] single = [.. x.Select(v => (float)v)];
            Layout output = Layout.RowMajor(kept), inside = Layout.RowMajor(gone);
            var lists = new long[output.Length][];
            for (int k = 0; k < lists.Length; k++) lists[k] = new long[inside.Length];
            foreach (int[] index in Layout.Indices(shape))
                lists[output.At(Part(new(index), ~axes).Span)][inside.At(Part(new(index), axes).Span)] = x[at.At(index)];

            long[] y = new long[output.Length];
            Reduce.Scalars<SumScalar, long, long>(default, kept, keptStrides, gone, goneStrides, x, y);
            Assert.Equal(lists.Select(l => l.Sum()), y);
            Reduce.Scalars<CountScalar, bool, long>(default, kept, keptStrides, gone, goneStrides, truth, y);
            Assert.Equal(lists.Select(l => (long)l.Count(v => v > 0)), y);
            if (inside.Length == 0) continue;
            Reduce.ArgMax<float>(kept, keptStrides, gone, goneStrides, single, y);
            Assert.Equal(lists.Select(l => (long)Array.IndexOf(l, l.Max())), y);
            Reduce.ArgMin<long>(kept, keptStrides, gone, goneStrides, x, y);
            Assert.Equal(lists.Select(l => (long)Array.IndexOf(l, l.Min())), y);
        }
    }

    [Fact]
    public void TheFirstNaNIsTheExtreme()
    {
        long[] y = new long[1];
        Reduce.ArgMax<double>([], [], [5], [1], [1, 9, double.NaN, 10, double.NaN], y);
        Assert.Equal(2, y[0]);
        Reduce.ArgMin<double>([], [], [5], [1], [double.NaN, 9, double.NaN, -10, 3], y);
        Assert.Equal(0, y[0]);
    }

    [Fact]
    public void InfinitiesAreNumbers()
    {
        long[] y = new long[1];
        Reduce.ArgMax<float>([], [], [3], [1], [float.NegativeInfinity, float.NegativeInfinity, -1], y);
        Assert.Equal(2, y[0]);
    }

    [Fact]
    public void NothingToChooseFromIsRefused() => Assert.Contains("[2, 0]", Assert.Throws<ArgumentException>(() =>
        Reduce.ArgMax<float>([1], [1], [2, 0], [1, 1], [], new long[1])).Message, StringComparison.Ordinal);

    private static Dims Part(in Dims whole, int axes)
    {
        Dims part = [];
        for (int axis = 0; axis < whole.Rank; axis++)
            if ((axes >> axis & 1) != 0) part = part.Insert(part.Rank, whole[axis]);
        return part;
    }
}
