namespace Hebb.Kernels.Tests;

public class IndexingTests
{
    [Fact]
    public void GatherReadsAtTheIndices()
    {
        float[] x = [0, 1, 2, 10, 11, 12];
        float[] y = new float[4];
        Indexing.Gather<float>([2, 2], 3, 1, [2, 0, 1, 1], [2, 1], x, [3, 0], y, [2, 1]);
        Assert.Equal([2f, 0, 11, 11], y);
    }

    [Fact]
    public void WholeRowsAreCopiedWhereOneIndexServesARow()
    {
        double[] table = [0, 1, 2, 10, 11, 12, 20, 21, 22];
        double[] y = new double[6];
        Indexing.Gather<double>([2, 3], 3, 3, [2, 0], [1, 0], table, [0, 1], y, [3, 1]);
        Assert.Equal([20.0, 21, 22, 0, 1, 2], y);
    }

    [Fact]
    public void ScatterKeepsTheLastAndScatterAddSumsInOrder()
    {
        long[] kept = [7, 7, 7], sums = [7, 7, 7];
        Indexing.Scatter<long>([4], 3, 1, [0, 2, 0, 2], [1], [1, 2, 3, 4], [1], kept, [0]);
        Indexing.ScatterAdd<long>([4], 3, 1, [0, 2, 0, 2], [1], [1, 2, 3, 4], [1], sums, [0]);
        Assert.Equal([3, 7, 4], kept);
        Assert.Equal([11, 7, 13], sums);

        // In another order the small numbers would not vanish in the large one.
        float[] floats = [0];
        Indexing.ScatterAdd<float>([3], 1, 1, [0, 0, 0], [1], [1e8f, 1, 1], [1], floats, [0]);
        Assert.Equal(1e8f, floats[0]);
    }

    [Theory, InlineData(1), InlineData(8), InlineData(37)]
    public void RowsAreAddedElementByElement(int width)
    {
        float[] rows = [.. Enumerable.Range(0, 3 * width).Select(i => i * 0.25f)], y = new float[2 * width],
            expected = new float[2 * width];
        long[] indices = [1, 0, 1];
        Indexing.ScatterAdd<float>([3, width], 2, width, indices, [1, 0], rows, [width, 1], y, [0, 1]);
        for (int i = 0; i < rows.Length; i++) expected[((int)indices[i / width] * width) + (i % width)] += rows[i];
        Assert.Equal(expected, y);
    }

    [Theory, InlineData(-1), InlineData(3), InlineData(long.MaxValue)]
    public void IndicesOutsideAreRefused(long index)
    {
        float[] y = new float[1];
        string message = Assert.Throws<ArgumentOutOfRangeException>(
            () => Indexing.Gather<float>([1], 3, 1, [index], [1], [1, 2, 3], [0], y, [1])).Message;
        Assert.Contains($"{index} was given for an axis of size 3", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexing.Scatter<float>([1], 3, 1, [index], [1], [1], [1], new float[3], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexing.ScatterAdd<float>([1], 3, 1, [index], [1], [1], [1], new float[3], [0]));
    }

    [Fact]
    public void NothingIsVisitedInAnEmptyShape()
    {
        Indexing.Gather<float>([0, 2], 3, 1, [], [2, 1], [1, 2, 3], [0, 0], [], [2, 1]);
        Indexing.Gather<float>([2, 0], 3, 1, [], [0, 1], [1, 2, 3], [0, 0], [], [0, 1]);
    }
}
