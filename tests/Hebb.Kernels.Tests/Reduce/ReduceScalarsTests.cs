namespace Hebb.Kernels.Tests;

public class ReduceScalarsTests
{
    [Fact]
    public void SumsAndCountsAgreeWithThePlainLoopForAnyLayout()
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
        }
    }

    private static Dims Part(in Dims whole, int axes)
    {
        Dims part = [];
        for (int axis = 0; axis < whole.Rank; axis++)
            if ((axes >> axis & 1) != 0) part = part.Insert(part.Rank, whole[axis]);
        return part;
    }
}
