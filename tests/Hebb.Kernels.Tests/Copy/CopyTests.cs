namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class CopyTests
{
    [Fact]
    public void AnyLayoutAgreesWithThePlainLoop()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Check<float>(random, shape, i => i);
            Check<double>(random, shape, i => i);
            Check<byte>(random, shape, i => (byte)i);
            Check<(long, long)>(random, shape, i => (i, -i));
        }
    }

    [Fact]
    public void TranspositionsOfAllSizesAgreeWithThePlainLoop()
    {
        Random random = new(2);
        for (int trial = 0; trial < 120; trial++)
        {
            Dims shape = [random.Next(1, 70), random.Next(1, 70)];
            CheckLayouts<float>(new(shape, [1, shape[0]], (int)shape.Product()), Layout.RowMajor(shape), i => i);
            CheckLayouts<long>(new(shape, [1, shape[0]], (int)shape.Product()), Layout.RowMajor(shape), i => i);
        }
    }

    [Fact]
    public void BigCopiesAreSharedWithoutChange()
    {
        Dims images = [64, 3, 14, 15], matrix = [300, 257], rows = [3, 40000], line = [100000];
        CheckLayouts<float>(new(images, [1, 64 * 210, 64 * 15, 64], 64 * 630), Layout.RowMajor(images), i => i);
        CheckLayouts<float>(new(images, [630, 1, 45, 3], 64 * 630), Layout.RowMajor(images), i => i);
        CheckLayouts<float>(new(matrix, [1, 300], 300 * 257), Layout.RowMajor(matrix), i => i);
        CheckLayouts<float>(new(rows, [0, 1], 40000), Layout.RowMajor(rows), i => i);
        CheckLayouts<float>(new(rows, [1, 0], 3), Layout.RowMajor(rows), i => i);
        CheckLayouts<float>(new(line, [2], 199999), Layout.RowMajor(line), i => i);
        CheckLayouts<float>(new(line, [-1], 100000), Layout.RowMajor(line), i => i);
        CheckLayouts<float>(Layout.RowMajor(line), Layout.RowMajor(line), i => i);
    }

    [Fact]
    public void FillWritesThePlacesOfTheLoopAndNoOthers()
    {
        Random random = new(3);
        for (int trial = 0; trial < 100; trial++)
        {
            Dims shape = Layout.RandomShape(random);
            Layout at = Layout.Random(random, shape, broadcast: false);
            int[] y = new int[at.Length], expected = new int[at.Length];
            Copy.Fill(Loop.Of(shape, [at.Strides]), 7, y);
            foreach (int[] index in Layout.Indices(shape)) expected[at.At(index)] = 7;
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void ShortArraysAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Copy.Strided<int>(Loop.Contiguous(4), new int[3], new int[4]));
        Assert.Throws<ArgumentException>(() => Copy.Strided<int>(Loop.Contiguous(4), new int[4], new int[3]));
        Assert.Throws<ArgumentException>(() => Copy.Fill(Loop.Contiguous(4), 1, new int[3]));
        Assert.Throws<ArgumentException>(() => Copy.Fill(Loop.Of([4], [[1], [1]]), 1, new int[4]));
    }

    private static void Check<T>(Random random, Dims shape, Func<int, T> number) where T : unmanaged =>
        CheckLayouts(Layout.Random(random, shape, broadcast: true), Layout.Random(random, shape, broadcast: false), number);

    private static void CheckLayouts<T>(Layout from, Layout to, Func<int, T> number) where T : unmanaged
    {
        T[] x = [.. Enumerable.Range(0, from.Length).Select(number)];
        T[] expected = new T[to.Length];
        foreach (int[] index in Layout.Indices(to.Shape)) expected[to.At(index)] = x[from.At(index)];
        Loop loop = Loop.Of(to.Shape, [from.Strides, to.Strides]);
        Assert.Equal(expected, Everywhere.Same(() => { var y = new T[to.Length]; Copy.Strided<T>(loop, x, y); return y; }));
    }
}
