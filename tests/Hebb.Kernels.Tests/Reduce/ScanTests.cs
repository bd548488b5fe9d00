namespace Hebb.Kernels.Tests;

public class ScanTests
{
    [Fact]
    public void RunningSumsAgreeWithThePlainLoopForAnyLayout()
    {
        Random random = new(1);
        for (int trial = 0; trial < 300; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            if (shape.Rank == 0) continue;
            int axis = random.Next(shape.Rank);
            bool fromEnd = random.Next(2) == 0;
            Layout from = Layout.Random(random, shape, broadcast: true), to = Layout.Random(random, shape, broadcast: false);
            double[] x = [.. Enumerable.Range(0, from.Length).Select(_ => random.NextDouble())], y = new double[to.Length], expected = new double[to.Length];
            Scan.Sum<double>(shape, from.Strides, to.Strides, axis, fromEnd, x, y);
            foreach (int[] index in Layout.Indices(shape))
            {
                int[] source = [.. index];
                double sum = 0;
                int end = fromEnd ? shape[axis] - 1 : 0, direction = fromEnd ? -1 : 1;
                for (int i = end; ; i += direction)
                {
                    source[axis] = i;
                    sum += x[from.At(source)];
                    if (i == index[axis]) break;
                }
                expected[to.At(index)] = sum;
            }
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void InPlaceWorks()
    {
        long[] x = [1, 2, 3, 4, 5, 6];
        Scan.Sum<long>([2, 3], [3, 1], [3, 1], 1, false, x, x);
        Assert.Equal([1, 3, 6, 4, 9, 15], x);
        float[] nan = [1, float.NaN, 2];
        Scan.Sum<float>([3], [1], [1], 0, true, nan, nan);
        Assert.Equal([float.NaN, float.NaN, 2], nan);
    }

    [Fact]
    public void MissingAxesAndShortArraysAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scan.Sum<float>([3], [1], [1], 1, false, new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => Scan.Sum<float>([3], [1], [1], 0, false, new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => Scan.Sum<float>([3], [1], [0], 0, false, new float[3], new float[3]));
    }
}
