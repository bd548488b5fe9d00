using Hebb.Data;

namespace Hebb.Tests.Data;

public class TextDatasetTests
{
    private static readonly string[] s_texts = ["good film", "bad", "a good good film", ""];

    private static TextDataset Make() =>
        new(s_texts, [1, 0, 1, 0], ["bad", "good"], TextEncoding.Fit(s_texts, [0, 1, 2], new TextOptions { Length = 3 }));

    [Fact]
    public void Samples_are_tokens_filled_up_or_cut()
    {
        TextDataset set = Make();
        Assert.Equal((4, 3, 6), (set.Count, set.InputShape.Count, set.TokenCount));
        long[] tokens = set.Read<long>(Field.InputName, [2, 1, 3, 0]);
        long[] classes = set.Read<long>(Field.TargetName, [2, 1, 3, 0]);
        Assert.Equal([4L, 2, 2, 5, 0, 0, 0, 0, 0, 2, 3, 0], tokens);
        Assert.Equal([1L, 0, 0, 1], classes);
        Assert.Throws<InvalidOperationException>(() => set.Read<float>(Field.InputName, [0]));
        Assert.Throws<InvalidOperationException>(() => set.Read<float>(Field.TargetName, [0]));
    }

    [Fact]
    public void Classes_are_a_copy()
    {
        int[] classes = [0];
        TextDataset set = new(["a"], classes, ["x"], TextEncoding.Fit(["a"], [0]));
        classes[0] = 7;
        Assert.Equal([0L], set.Read<long>(Field.TargetName, [0]));
    }

    [Fact]
    public void Batches_hold_tokens_as_whole_numbers()
    {
        Subset part = new(Make(), [2, 0]);
        Assert.Equal(6, part.TokenCount);
        Batch batch = new DataLoader(part, 2).Epoch(0, TestContext.Current.CancellationToken).Single();
        Assert.Equal(DType.Int64, batch.Input.DType);
        Assert.Equal([4L, 2, 2, 2, 3, 0], batch.Input.ToArray<long>());
        Assert.Contains("tokens",
            Assert.Throws<ArgumentException>(
            () => new DataLoader(part, 2, new DataLoaderOptions { Augmentations = [new AdditiveNoise()] })).Message,
            StringComparison.Ordinal);
        IDataset points = VectorDataset.OfClasses([1], [0], [0], "a");
        Assert.Null(points.TokenCount);
        Assert.Throws<InvalidOperationException>(() => points.Read<long>(Field.InputName, [0]));
    }

    [Fact]
    public void Classes_must_fit_the_texts()
    {
        TextEncoding encoding = Make().Encoding;
        Assert.Throws<ArgumentException>(() => new TextDataset(s_texts, [0], ["a"], encoding));
        Assert.Throws<ArgumentException>(() => new TextDataset(["a"], [1], ["a"], encoding));
        Assert.Throws<ArgumentException>(() => new TextDataset(["a"], [-1], ["a"], encoding));
    }
}
