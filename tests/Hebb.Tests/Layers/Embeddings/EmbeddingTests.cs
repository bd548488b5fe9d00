namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class EmbeddingTests
{
    [Fact]
    public void ARowIsWhatAOneHotInputGetsFromADenseLayer()
    {
        Embedding table = new(5, 3);
        Tensor words = Tensor.From<long>([4, 0, 4], [3]);
        Linear dense = new(5, 3, bias: false);
        dense.LoadStateDict(new Dictionary<string, Tensor> { ["weight"] = table.Weight.T.Detach().Clone() });
        Assert.Equal(dense.Forward(words.OneHot(5)).Detach().ToArray<float>(), table.Forward(words).Detach().ToArray<float>());
    }

    [Fact]
    public void ThePaddingIsZeroAndDoesNotLearn()
    {
        Embedding table = new(3, 2, padding: 1);
        Tensor y = table.Forward(Tensor.From<long>([0, 1], [2]));
        y.Sum().Backward();
        Assert.Equal([0f, 0], y.Detach().ToArray<float>()[2..]);
        Assert.Equal([1f, 1, 0, 0, 0, 0], table.Weight.Grad!.ToArray<float>());
    }

    [Fact]
    public void BadIndicesAreRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Embedding(3, 2).Forward(Tensor.From<long>([3], [1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(3, 2, padding: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(0, 2));
    }
}
