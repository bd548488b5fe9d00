using Hebb.Data;

namespace Hebb.Tests.Data.Augmentation;

public class SampleRandomTests
{
    [Fact]
    public void NumbersFillTheirRanges()
    {
        SampleRandom random = new(1, 0, 0);
        int[] whole = [.. Enumerable.Range(0, 3000).Select(_ => random.Whole(-2, 2))];
        Assert.Equal([-2, -1, 0, 1, 2], whole.Distinct().Order());
        Assert.All(whole.CountBy(value => value), count => Assert.InRange(count.Value, 500, 700));
        Assert.InRange(Enumerable.Range(0, 3000).Count(_ => random.Chance(0.25)), 650, 850);
        Assert.InRange(Enumerable.Range(0, 3000).Average(_ => random.Normal()), -0.08, 0.08);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(random.Uniform(3, 4), 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleRandom(1, -1, 0));
    }

    /// <summary>
    /// Batches of a loader with augmentation are the same however many are prepared ahead, and differ from epoch to epoch; labels stay.
    /// </summary>
    [Fact]
    public void ALoaderAugmentsAlikeOnAnyThreads()
    {
        VectorDataset data = VectorDataset.OfClasses(
            [1, 3, 3], [.. Enumerable.Range(0, 20 * 9).Select(i => (float)i)], [.. Enumerable.Range(0, 20).Select(i => i % 2)], "a", "b");
        float[][] Epoch(int ahead, int epoch, DType dtype = DType.Float32) => [.. new DataLoader(data, 6, new DataLoaderOptions
        {
            IsShuffled = true, Seed = 3, Ahead = ahead, DType = dtype, Augmentations = [new RandomFlip(), new AdditiveNoise(0.1)],
        }).Epoch(epoch).Select(batch => batch.Input.Cast(DType.Float32).ToArray<float>())];
        Assert.Equal(Epoch(0, 1), Epoch(4, 1));
        Assert.Equal(Epoch(0, 1), Epoch(2, 1, DType.Float64));
        Assert.NotEqual(Epoch(0, 1).SelectMany(x => x).Order(), Epoch(0, 2).SelectMany(x => x).Order());
        foreach (Batch batch in new DataLoader(data, 6, new DataLoaderOptions { Augmentations = [new AdditiveNoise(0.1)] }).Epoch(0))
        {
            Assert.Equal(batch.Samples.ToArray().Select(i => i % 2L), batch.Target.ToArray<long>());
            Assert.All(batch.Samples.ToArray().Select((sample, i) => batch.Input[i, 0, 1, 1].Item() - ((sample * 9) + 4)), noise =>
                Assert.InRange(Math.Abs(noise), 1e-9, 0.7));
        }
    }
}
