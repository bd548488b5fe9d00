using Hebb.Data;

namespace Hebb.Tests.Data;

public class LengthBucketSamplerTests
{
    private static readonly int[] s_lengths = [.. Enumerable.Range(0, 1003).Select(i => 1 + i * 7919 % 50)];

    private static int[] Order(LengthBucketSampler sampler, int epoch)
    {
        int[] order = new int[sampler.Count];
        sampler.Fill(epoch, order);
        return order;
    }

    [Fact]
    public void EverySampleComesOnceInAnOrderOfSeedAndEpochAlone()
    {
        int[] order = Order(new LengthBucketSampler(s_lengths, 16, seed: 3), 2);
        Assert.Equal(Enumerable.Range(0, 1003), order.Order());
        Assert.Equal(order, Order(new LengthBucketSampler(s_lengths, 16, seed: 3), 2));
        Assert.NotEqual(order, Order(new LengthBucketSampler(s_lengths, 16, seed: 3), 3));
        Assert.NotEqual(order, Order(new LengthBucketSampler(s_lengths, 16, seed: 4), 2));
    }

    [Fact]
    public void BatchesHoldSimilarLengthsAndComeInAnyOrder()
    {
        int[] order = Order(new LengthBucketSampler(s_lengths, 16, seed: 3), 0);
        int[][] batches = [.. order.Chunk(16).Select(batch => batch.Select(sample => s_lengths[sample]).ToArray())];
        Assert.Equal(1003 % 16, batches[^1].Length);
        Assert.True(batches[..^1].Average(batch => batch.Max() - batch.Min()) < 4);
        Assert.NotEqual(batches[..^1].Select(batch => batch.Max()).Order(), batches[..^1].Select(batch => batch.Max()));
    }

    [Fact]
    public void ItTakesTheLengthsOfAField()
    {
        UnequalLengths set = new(5, 1, 4, 2);
        int[] order = Order(LengthBucketSampler.Of(set, 2, seed: 0, "tags"), 0);
        Assert.Contains(order.Order().ToArray(), (int[][])[[0, 1, 2, 3]]);
        Assert.Equal(3, set.Length(order[0], set.Fields[0]) + set.Length(order[1], set.Fields[0]) is 3 or 9 ? 3 : 0);
        Assert.Throws<ArgumentException>(() => LengthBucketSampler.Of(set, 2, seed: 0, "weight"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthBucketSampler(s_lengths, 0, seed: 0));
    }
}
