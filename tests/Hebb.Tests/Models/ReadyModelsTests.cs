using Hebb.Layers;
using Hebb.Models;

namespace Hebb.Tests.Models;

public class ReadyModelsTests
{
    [Theory]
    [InlineData("mlp", 109386)]
    [InlineData("lenet", 61706)]
    [InlineData("lenet-bn", 61706 + 2 * 22)]
    public void KnownParameterCounts(string name, int parameters)
    {
        Module model = ReadyModels.Build(name, [1, 28, 28], 10);
        Assert.Equal(parameters, model.ParameterCount);
        Assert.Equal([3, 10], model.Forward(Tensor.Zeros([3, 1, 28, 28])).Shape);
    }

    [Fact]
    public void ImagesOfOtherSizesFit()
    {
        foreach (string name in (string[])["lenet", "vgg-small"])
            Assert.Equal([2, 7], ReadyModels.Build(name, [3, 32, 32], 7).Forward(Tensor.Zeros([2, 3, 32, 32])).Shape);
    }

    [Fact]
    public void MisfitsNameTheMend()
    {
        Assert.Contains(
            "mlp", Assert.Throws<ArgumentException>(() => ReadyModels.Build("lenett", [1, 28, 28], 10)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "images", Assert.Throws<ShapeException>(() => ReadyModels.Build("lenet", [13], 3)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "12x12", Assert.Throws<ShapeException>(() => ReadyModels.Build("lenet", [1, 8, 8], 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => ReadyModels.Build("vgg-small", [3, 4, 4], 10));
        Assert.Throws<ShapeException>(() => ReadyModels.Build("mlp", [4], 0));
    }

    [Fact]
    public void TextsHaveModelsOfTheirOwn()
    {
        Assert.Equal([2, 3], ReadyModels.Build("text-cnn", [9], 3, tokens: 20).Forward(Tensor.Ones([2, 9], DType.Int64)).Shape);
        Assert.True(ReadyModels.AreTokens("text-cnn"));
        Assert.False(ReadyModels.AreTokens("mlp"));
        Assert.Contains(
            "take text-cnn", Assert.Throws<ShapeException>(() => ReadyModels.Build("mlp", [9], 3, tokens: 20)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "take text-cnn", Assert.Throws<ShapeException>(() => ReadyModels.Build("fc16 relu fc", [9], 3, tokens: 20)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "works on texts", Assert.Throws<ShapeException>(() => ReadyModels.Build("text-cnn", [9], 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => ReadyModels.Build("text-cnn", [9], 3, tokens: 0));
        Assert.Throws<ShapeException>(() => ReadyModels.Build("text-cnn", [9], 3, tokens: int.MaxValue));
    }
}
