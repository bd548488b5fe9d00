using Hebb.Data;

namespace Hebb.Tests.Data;

public class BatchMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void SamplesOfUnequalLengthsArePaddedToTheLongest(DType dtype)
    {
        Batch batch = new DataLoader(new UnequalLengths(2, 4, 1), 3, new DataLoaderOptions { DType = dtype }).Epoch(0, Stop).Single();
        Assert.Equal([0L, 1, 0, 0, 10, 11, 12, 13, 20, 0, 0, 0], batch["tokens"].ToArray<long>());
        Assert.Equal([0L, 1, -100, -100, 0, 1, 0, 1, 0, -100, -100, -100], batch["tags"].ToArray<long>());
        Assert.Equal(
            [0.0, 1, -1, -1, 2, 3, -1, -1, 100, 101, 102, 103, 104, 105, 106, 107, 200, -1, -1, -1, 201, -1, -1, -1],
                batch["features"].Cast(DType.Float64).ToArray<double>());
        Assert.Equal(dtype, batch["features"].DType);
        Assert.Equal([2L, 4, 1], batch.Lengths("features")!.ToArray<long>());
        Assert.Equal([true, true, false, false, true, true, true, true, true, false, false, false], batch.Mask("tokens")!.ToArray<bool>());
        Assert.Equal([1.0, 2, 3], batch.Weights!.Cast(DType.Float64).ToArray<double>());
        Assert.Equal([3, 2, 4], batch.Inputs[1].Values.Shape);
        Assert.Same(batch.Mask("features"), batch.Inputs[1].Mask);
    }

    [Fact]
    public void BucketsBoundHowManyShapesThereAre()
    {
        DataLoader loader = new(new UnequalLengths(2, 4, 1, 5, 12, 3), 1, new DataLoaderOptions { BucketLengths = [2, 4, 8] });
        Assert.Equal([2, 4, 2, 8, 12, 4], loader.Epoch(0, Stop).Select(batch => batch["tokens"].Shape[1]));
        Assert.Throws<ArgumentException>(() => new DataLoader(new UnequalLengths(2), 1, new DataLoaderOptions { BucketLengths = [4, 2] }));
        Assert.Throws<ArgumentException>(() => new DataLoader(new UnequalLengths(2), 1, new DataLoaderOptions { BucketLengths = [0] }));
    }

    [Fact]
    public void LengthsThatCannotBeAreNamed()
    {
        Assert.Contains("13 long",
            Assert.Throws<InvalidDataException>(() => new DataLoader(new UnequalLengths(13), 1).Epoch(0, Stop).Single()).Message,
            StringComparison.Ordinal);
        Assert.Contains("implement Length",
            Assert.Throws<NotSupportedException>(() => new DataLoader(new Mute(), 1).Epoch(0, Stop).Single()).Message,
            StringComparison.Ordinal);
        Assert.Equal([0, 4], new DataLoader(new UnequalLengths(0, 4), 2).Epoch(0, Stop).Single().Lengths("tokens")!.ToArray<long>());
    }

    [Fact]
    public void FieldsThatAreNotThereAndOtherTypesAreNamed()
    {
        Mute set = new();
        ArgumentException missing = Assert.Throws<ArgumentException>(
            () => set.Fill([0], new BatchMemory(VectorDataset.OfClasses([1], [1], [0], "a"), [0])));
        Assert.Contains("'input2'", missing.Message, StringComparison.Ordinal);
        BatchMemory memory = new(VectorDataset.OfClasses([1], [1], [0], "a"), [0]);
        Assert.Contains("int64", Assert.Throws<InvalidOperationException>(() => memory.Target<float>(0).Clear()).Message,
            StringComparison.Ordinal);
        Assert.True(memory.Wants(Field.InputName));
    }

    private sealed class Mute : IDataset
    {
        public int Count => 1;

        public IReadOnlyList<Field> Fields { get; } = [Field.Input([3], "input2").Sequence(4)];

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into) => into.Span<float>("input2", 0).Clear();
    }
}
