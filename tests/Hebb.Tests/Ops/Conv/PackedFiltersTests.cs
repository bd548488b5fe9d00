using Hebb.Layers;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Ops.Conv;

public class PackedFiltersTests
{
    private static readonly Tensor Images = Tensor.Normal([2, 16, 12, 12], new Rng(1));

    private static bool IsPacked(Tensor filters) => filters.Storage.Derived is Hebb.Ops.PackedFilters { IsMade: true };

    [Fact]
    public void APackIsKeptOnceFiltersAreUsedAgainUnchanged()
    {
        Tensor w = Tensor.Normal([24, 16, 3, 3], new Rng(2));
        float[] first = Images.Conv2d(w).ToArray<float>();
        Assert.False(IsPacked(w));
        Assert.Equal(first, Images.Conv2d(w).ToArray<float>());
        Assert.True(IsPacked(w));
        Assert.Equal(first, Images.Conv2d(w).ToArray<float>());
    }

    [Fact]
    public void FiltersThatChangeArePackedAnew()
    {
        Tensor w = Tensor.Normal([24, 16, 3, 3], new Rng(2)), other = Tensor.Normal([24, 16, 3, 3], new Rng(3));
        for (int i = 0; i < 3; i++) Images.Conv2d(w);
        w.Assign(other);
        for (int i = 0; i < 3; i++) Assert.Equal(Images.Conv2d(other).ToArray<float>(), Images.Conv2d(w).ToArray<float>());
    }

    [Fact]
    public void FiltersThatAUserHoldsAreNeverStale()
    {
        Tensor w = Tensor.Normal([24, 16, 3, 3], new Rng(2));
        for (int i = 0; i < 3; i++) Images.Conv2d(w);
        w.AsSpan<float>()[5] = 7;
        Assert.Equal(Images.Conv2d(w.Clone()).ToArray<float>(), Images.Conv2d(w).ToArray<float>());
        w.AsSpan<float>()[6] = 8;
        Assert.Equal(Images.Conv2d(w.Clone()).ToArray<float>(), Images.Conv2d(w).ToArray<float>());
    }

    /// <summary>A large image goes by way of tiles, a small one directly; each form gives its own bits whichever came first.</summary>
    [Fact]
    public void ImagesOfOtherSizesMayNeedAnotherForm()
    {
        Tensor w = Tensor.Normal([24, 16, 3, 3], new Rng(2)), small = Tensor.Normal([1, 16, 5, 5], new Rng(4));
        float[] large = Images.Conv2d(w.Clone()).ToArray<float>(), little = small.Conv2d(w.Clone()).ToArray<float>();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(large, Images.Conv2d(w).ToArray<float>());
            Assert.Equal(little, small.Conv2d(w).ToArray<float>());
        }
    }

    [Fact]
    public void ViewsOfFiltersAreNotPacked()
    {
        Tensor all = Tensor.Normal([48, 16, 3, 3], new Rng(2)), half = all[24..];
        float[] expected = Images.Conv2d(half.Clone()).ToArray<float>();
        for (int i = 0; i < 3; i++) Assert.Equal(expected, Images.Conv2d(half).ToArray<float>());
        Assert.False(IsPacked(all));
    }

    [Fact]
    public void LargeFiltersArePackedAtEveryCall()
    {
        Tensor w = Tensor.Zeros([512, 256, 3, 3]), x = Tensor.Zeros([1, 256, 12, 12]);
        for (int i = 0; i < 3; i++) x.Conv2d(w);
        Assert.False(IsPacked(w));
    }

    /// <summary>What a replay computes, or is given, lies in the same memory each time and has no versions.</summary>
    [Fact]
    public void FiltersThatAreComputedOrGivenAreNeverStale()
    {
        Tensor w = Tensor.Normal([24, 16, 3, 3], new Rng(2));
        Lambda scaled = new(x => x.Conv2d(w * x.Max()));
        CompiledInference infer = Compiled.Infer(scaled);
        Linear learning = new(1, 1, bias: false);
        CompiledStep given = Compiled.Step(
            learning, new Optimizer(learning, new Sgd(), 0), batch => [batch[0].Conv2d(batch[1]).Sum() + 0 * learning.Weight.Sum()]);
        for (int i = 1; i < 5; i++)
        {
            Tensor x = Images * (float)i;
            Assert.Equal(x.Conv2d(w * x.Max()).ToArray<float>(), infer.Run(x).ToArray<float>());
            Assert.Equal(Images.Conv2d(w * (float)i).Sum().Item(), given.Run(Images, w * (float)i));
        }
    }

    [Fact]
    public void ThreadsThatPackAtOnceSeeWholePacks()
    {
        for (int round = 0; round < 50; round++)
        {
            Tensor w = Tensor.Normal([17, 16, 3, 3], new Rng((ulong)round));
            float[] expected = Images.Conv2d(w.Clone()).ToArray<float>();
            float[][] found = new float[4 * 4][];
            using Barrier begin = new(4);
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(thread => new Thread(() =>
            {
                begin.SignalAndWait();
                for (int i = 0; i < 4; i++) found[4 * thread + i] = Images.Conv2d(w).ToArray<float>();
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.All(found, result => Assert.Equal(expected, result));
        }
    }
}
