namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class IndexedRowsTests
{
    [Theory]
    [InlineData(300, 130, 50)]
    [InlineData(1000, 33, 7)]
    [InlineData(5, 3, 4)]
    [InlineData(3, 0, 4)]
    public void ManyRowsAreReadAndAddedTheSameByAnyTeam(int rows, int columns, int size)
    {
        Random random = new(rows);
        long[] indices = [.. Enumerable.Range(0, rows).Select(_ => (long)random.Next(size))];
        float[] table = [.. Enumerable.Range(0, size * columns).Select(_ => random.NextSingle())],
            values = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle() - 0.5f)];
        float[] read = new float[rows * columns], sums = [.. table];
        for (int i = 0; i < rows * columns; i++)
        {
            int place = (int)indices[i / columns] * columns + i % columns;
            read[i] = table[place];
            sums[place] += values[i];
        }
        Assert.Equal(read, Everywhere.Same(() =>
        {
            float[] y = new float[rows * columns];
            Indexing.Gather<float>([rows, columns], size, columns, indices, [1, 0], table, [0, 1], y, [columns, 1]);
            return y;
        }));
        Assert.Equal(sums, Everywhere.Same(() =>
        {
            float[] y = [.. table];
            Indexing.ScatterAdd<float>([rows, columns], size, columns, indices, [1, 0], values, [columns, 1], y, [0, 1]);
            return y;
        }));
    }

    [Fact]
    public void AnIndexOutsideIsRefusedFromAnyChunk()
    {
        long[] indices = new long[2000];
        indices[1999] = 3;
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Indexing.Gather<float>([2000, 40], 3, 40, indices, [1, 0], new float[120], [0, 1], new float[80000], [40, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Indexing.ScatterAdd<float>([2000, 40], 3, 40, indices, [1, 0], new float[80000], [40, 1], new float[120], [0, 1]));
    }
}
