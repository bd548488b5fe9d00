using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class PatternsTests
{
    [Fact]
    public void Words_differ_in_two_to_six_bits()
    {
        Tensor words = Patterns.Words();
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < i; j++) Assert.InRange((words[i] - words[j]).Abs().Sum().Item(), 2, 6);
        }
        Assert.Equal(2, (words[1] - words[4]).Abs().Sum().Item());
        double[] probe =
            [.. Enumerable.Range(0, 5).Select(i => (words[i] - Tensor.From<float>(1, 0, 1, 1, 0, 1, 1, 0)).Abs().Sum().Item())];
        Assert.Equal([1.0, 5, 7, 5, 3], probe);
    }

    [Fact]
    public void Sixteen_signs_are_orthogonal()
    {
        Tensor x = Patterns.Orthogonal();
        Assert.Equal((Tensor.Eye(4) * 16).ToArray<float>(), x.MatMul(x.T).ToArray<float>());
    }

    [Fact]
    public void Letters_overlap_as_they_should()
    {
        Tensor signs = Patterns.Letters().Reshape(4, 36) * 2 - 1;
        Assert.Equal([36f, 0, 0, 8, 0, 36, 0, 4, 0, 0, 36, 8, 8, 4, 8, 36], signs.MatMul(signs.T).ToArray<float>());
    }

    [Fact]
    public void Random_signs_are_signs_of_their_seed()
    {
        Tensor signs = Patterns.RandomSigns(50, 200, 3);
        Assert.All(signs.ToArray<float>(), sign => Assert.True(sign is 1 or -1));
        Assert.Equal(0, signs.Mean().Item(), 0.04);
        Assert.Equal(signs.ToArray<float>(), Patterns.RandomSigns(50, 200, 3).ToArray<float>());
        Assert.NotEqual(signs.ToArray<float>(), Patterns.RandomSigns(50, 200, 4).ToArray<float>());
    }

    [Fact]
    public void Every_call_gives_a_tensor_of_its_own()
    {
        Patterns.GrayPatch().Fill(0);
        Assert.Equal(88, Patterns.GrayPatch()[0, 0].Item());
    }
}
