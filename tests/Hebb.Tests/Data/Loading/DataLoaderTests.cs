using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class DataLoaderTests
{
    [Fact]
    public void Batches_hold_every_sample_once_in_tensors_of_the_right_shape()
    {
        Batch[] batches = [.. new DataLoader(Images(10), 4).Epoch(0, Stop)];
        Assert.Equal([4, 4, 2], batches.Select(batch => batch.Count));
        Assert.Equal([4, 1, 2, 1], batches[0].Input.Shape.AsSpan().ToArray());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (float)i), batches.SelectMany(batch => batch.Input.ToArray<float>()));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)(i % 3)), batches.SelectMany(batch => batch.Target.ToArray<long>()));
        Assert.Equal(DType.Int64, batches[0].Target.DType);
    }

    [Fact]
    public void Numbers_have_a_column_each_and_doubles_can_be_asked_for()
    {
        VectorDataset set = VectorDataset.OfValues([1], [1, 2, 3], [10, 11, 20, 21, 30, 31], "u", "v");
        Batch batch = new DataLoader(set, 3, new DataLoaderOptions { DType = DType.Float64 }).Epoch(0, Stop).Single();
        Assert.Equal([1.0, 2, 3], batch.Input.ToArray<double>());
        Assert.Equal([10.0, 11, 20, 21, 30, 31], batch.Target.ToArray<double>());
        Assert.Equal([3, 2], batch.Target.Shape.AsSpan().ToArray());
    }

    [Fact]
    public void A_last_batch_that_is_not_full_can_be_left_out()
    {
        Assert.Equal(2, new DataLoader(Images(10), 4, new DataLoaderOptions { DropsLast = true }).Epoch(0, Stop).Count());
        Assert.Equal(2, new DataLoader(Images(10), 4, new DataLoaderOptions { DropsLast = true }).BatchCount);
        Assert.Equal(3, new DataLoader(Images(10), 4).BatchCount);
        Assert.Empty(new DataLoader(Images(0), 1).Epoch(0, Stop));
    }

    [Fact]
    public void Order_does_not_depend_on_how_many_batches_are_prepared_ahead()
    {
        ShuffledSampler sampler = new(1000, 5);
        int[][] orders = [.. ((int[])[0, 1, 2, 7]).Select(ahead =>
            new DataLoader(Images(1000), 17, new DataLoaderOptions { Sampler = sampler, Ahead = ahead }).Epoch(3, Stop)
                .SelectMany(batch => batch.Input.ToArray<float>().Where((_, i) => i % 2 == 0)).Select(x => (int)x / 2).ToArray())];
        Assert.Equal(Enumerable.Range(0, 1000), orders[0].Order());
        Assert.All(orders, order => Assert.Equal(orders[0], order));
    }

    [Fact]
    public void An_epoch_resumes_at_any_batch()
    {
        DataLoader loader = new(Images(100), 8, new DataLoaderOptions { IsShuffled = true, Seed = 1 });
        int[][] whole = [.. loader.Epoch(2, Stop).Select(batch => batch.Samples.ToArray())];
        Assert.Equal(whole[5..], loader.Epoch(2, 5, Stop).Select(batch => batch.Samples.ToArray()));
        Assert.Empty(loader.Epoch(2, 13, Stop));
    }

    [Fact]
    public void Several_loops_may_run_over_one_loader_and_stop_early()
    {
        DataLoader loader = new(Images(100), 10);
        foreach (Batch outer in loader.Epoch(0, Stop))
        {
            foreach (Batch inner in loader.Epoch(0, Stop))
            {
                Assert.Equal(10, inner.Count);
                break;
            }

            Assert.Equal(10, outer.Count);
        }
    }

    [Fact]
    public void Shuffling_is_that_of_the_sampler_of_seed_and_epoch()
    {
        int[] expected = new int[100];
        new ShuffledSampler(100, 4).Fill(6, expected);
        DataLoader loader = new(Images(100), 30, new DataLoaderOptions { IsShuffled = true, Seed = 4 });
        Assert.Equal(expected, loader.Epoch(6, Stop).SelectMany(batch => batch.Samples.ToArray()));
        Assert.NotEqual(expected, loader.Epoch(7, Stop).SelectMany(batch => batch.Samples.ToArray()));
    }

    [Fact]
    public void Canceling_ends_the_epoch_before_the_next_batch()
    {
        using CancellationTokenSource source = new();
        int seen = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (Batch _ in new DataLoader(Images(100), 10).Epoch(0, source.Token))
                if (++seen == 3) source.Cancel();
        });
        Assert.Equal(3, seen);
    }

    [Fact]
    public void An_error_of_the_data_set_surfaces_as_it_is_at_its_batch()
    {
        foreach (int ahead in (int[])[0, 3])
        {
            int seen = 0;
            InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            {
                foreach (Batch _ in new DataLoader(new Broken(), 1, new DataLoaderOptions { Ahead = ahead }).Epoch(0, Stop)) seen++;
            });
            Assert.Equal(("sample 4", 4), (error.Message, seen));
        }
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new DataLoader(Images(1), 0));
        Assert.Throws<ArgumentException>(() => new DataLoader(Images(1), 1, new DataLoaderOptions { Ahead = -1 }));
        Assert.Throws<ArgumentException>(() => new DataLoader(Images(1), 1, new DataLoaderOptions { DType = DType.Int64 }));
        Assert.Throws<ArgumentException>(
            () => new DataLoader(Images(1), 1, new DataLoaderOptions { IsShuffled = true, Sampler = new SequentialSampler(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Images(1), 1).Epoch(-1, Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static VectorDataset Images(int count) => VectorDataset.OfClasses([1, 2, 1],
        [.. Enumerable.Range(0, 2 * count).Select(i => (float)i)], [.. Enumerable.Range(0, count).Select(i => i % 3)], "a", "b", "c");

    private sealed class Broken : IDataset
    {
        public int Count => 10;

        public IReadOnlyList<Field> Fields { get; } = [Field.Input([1]), Field.Classes(["a"])];

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
        {
            if (samples[0] == 4) throw new InvalidDataException("sample 4");
            for (int i = 0; i < samples.Length; i++)
            {
                into.Input<float>(i).Clear();
                into.Target<long>(i).Clear();
            }
        }
    }
}
