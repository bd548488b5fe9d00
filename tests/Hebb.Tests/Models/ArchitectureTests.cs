using Hebb.Layers;
using Hebb.Models;

namespace Hebb.Tests.Models;

public class ArchitectureTests
{
    [Fact]
    public void ThePatternOfConvolutionalNetworksIsWrittenShortAndReadAsItsLayers()
    {
        Architecture pattern = Architecture.Parse("[[conv3-32 relu]*2 pool2]*2 fc128 relu fc");
        Assert.Equal("conv3-32 relu conv3-32 relu pool2 conv3-32 relu conv3-32 relu pool2 fc128 relu fc", pattern.Expanded());
        Sequential net = pattern.Build([3, 32, 32], 10);
        Assert.Equal([2, 10], net.Forward(Tensor.Zeros([2, 3, 32, 32])).Shape);
        Assert.Equal((27 * 32 + 32) + 3 * (288 * 32 + 32) + (2048 * 128 + 128) + (128 * 10 + 10), net.ParameterCount);
    }

    [Theory]
    [InlineData("conv3-12 relu pool2 fc", 3, 32, 10, 336 + 12 * 16 * 16 * 10 + 10)]
    [InlineData("conv5-12 relu pool2 fc", 3, 32, 10, 912 + 12 * 16 * 16 * 10 + 10)]
    [InlineData("[conv3-64 relu pool2] [conv3-128 relu pool2] [conv3-256 relu pool2] [conv3-512 relu pool2] [conv3-1024 relu pool2] fc", 3,
        224, 1000, 56447592)]
    [InlineData("conv11-96s4p0 gap flatten fc", 3, 227, 1000, 34944 + 97000)]
    [InlineData("conv3-16 bn relu res[conv3-16 bn relu conv3-16] relu res[conv3-32s2] gap flatten fc", 1, 28, 10,
        160 + 32 + 2320 + 32 + 2320 + 4640 + 544 + 330)]
    public void KnownParameterCounts(string text, int channels, int size, int outputs, int parameters)
    {
        Sequential net = Architecture.Parse(text).Build([channels, size, size], outputs);
        Assert.Equal(parameters, net.Parameters().Sum(parameter => (long)parameter.Count));
        Assert.Equal([1, outputs], net.Infer(new TensorSpec(DType.Float32, [1, channels, size, size])).Shape);
    }

    [Theory]
    [InlineData("fc64 tanh drop0.25 fc", "fc64 tanh drop0.25 fc")]
    [InlineData("  conv3-8p1s1   relu [ fc ]", "conv3-8 relu fc")]
    [InlineData("conv3-8p0s2 pool3s2p1 avgpool2s2 [relu]*3", "conv3-8p0s2 pool3p1s2 avgpool2 [relu]*3")]
    [InlineData("conv4-8d2 res[[relu leaky]*2]", "conv4-8d2 res[[relu leaky]*2]")]
    public void TheShortestSpellingIsPrinted(string text, string shortest) => Assert.Equal(shortest, Architecture.Parse(text).ToString());

    [Theory]
    [InlineData("[conv3-32 relu", 1, "never closed")]
    [InlineData("conv3-32 relu]", 14, "never opened")]
    [InlineData("conv3-32 rellu fc", 10, "'rellu' is no layer")]
    [InlineData("conv-32 fc", 5, "the size of the window is missing")]
    [InlineData("conv3 fc", 6, "the number of filters is missing")]
    [InlineData("conv3-0 fc", 7, "how many filters is '0'")]
    [InlineData("[relu]*0 fc", 7, "how often the layers repeat is '0'")]
    [InlineData("[relu]*", 7, "how often the layers repeat is missing")]
    [InlineData("fc99999999999", 3, "how many outputs is '99999999999'")]
    [InlineData("drop1.5 fc", 5, "the part to drop is '1.5'")]
    [InlineData("conv3-8s2s2 fc", 10, "'s' is given twice")]
    [InlineData("relu2 fc", 5, "'2' does not belong there")]
    [InlineData("conv4-8 fc", 1, "cannot keep the size")]
    [InlineData("res[relu]*2 fc", 1, "[res[...]]*2")]
    [InlineData("[] fc", 1, "nothing between the brackets")]
    [InlineData("   ", 1, "no layer")]
    [InlineData("[[[relu]*1000]*1000]*1000", 2, "more than 10,000 layers")]
    public void WhatCannotBeReadIsPointedAt(string text, int position, string found)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Architecture.Parse(text));
        Assert.Contains($"at position {position}, ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BracketsAreNotTooDeep()
    {
        string deep = new string('[', 60) + "relu" + new string(']', 60);
        Assert.Contains("deep", Assert.Throws<ArgumentException>(() => Architecture.Parse(deep)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conv3-8 pool2 conv3-8 fc", "'conv3-8' at position 1 does not fit")]
    [InlineData("relu pool9 fc", "'pool9' at position 6 does not fit")]
    [InlineData("fc8 relu", "the task has 3 outputs")]
    [InlineData("fc1000000 fc1000000 fc", "'fc1000000' at position 11 does not fit")]
    public void WhatDoesNotFitTheInputIsPointedAt(string text, string found)
    {
        Shape input = text.StartsWith("relu", StringComparison.Ordinal) ? [1, 8, 8] : [5];
        ShapeException error = Assert.Throws<ShapeException>(() => Architecture.Parse(text).Build(input, 3));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadyNamesAndLayersAreToldApart()
    {
        Assert.True(Architecture.IsNotation("fc"));
        Assert.True(Architecture.IsNotation("fc10 relu fc"));
        Assert.False(Architecture.IsNotation("lenett"));
        Assert.Equal([4, 3], ReadyModels.Build("fc16 relu fc", [5], 3).Forward(Tensor.Zeros([4, 5])).Shape);
    }

    [Fact]
    public void AnyNetworkIsReadAsItIsPrinted()
    {
        Random random = new(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            string text = Parts(random, depth: 0), shortest = Architecture.Parse(text).ToString();
            Assert.Equal(shortest, Architecture.Parse(shortest).ToString());
            Assert.Equal(Architecture.Parse(text).Expanded(), Architecture.Parse(shortest).Expanded());
        }
    }

    [Fact]
    public void AnyTextIsReadOrRefusedInOneSentence()
    {
        Random random = new(2);
        string[] scraps = ["conv", "3", "-", "32", "[", "]", "*", "relu", " ", "pool2", "fc", "res", "drop", "0.5", "s", "p", "d0", "g2",
            "é", "\n", "99999999999999999999", "."];
        for (int trial = 0; trial < 5000; trial++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => scraps[random.Next(scraps.Length)]));
            try
            {
                Architecture.Parse(text);
            }
            catch (ArgumentException error)
            {
                Assert.Contains("at position", error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string Parts(Random random, int depth) =>
        string.Join(new string(' ', random.Next(1, 3)), Enumerable.Range(0, random.Next(1, 5)).Select(_ => Part(random, depth)));

    private static string Part(Random random, int depth) => random.Next(depth < 3 ? 11 : 9) switch
    {
        0 => $"conv{2 * random.Next(1, 4) - 1}-{random.Next(1, 65)}{Option(random, 's', 1)}{Option(random, 'p', 0)}"
            + Option(random, 'd', 1),
        1 => $"pool{random.Next(1, 5)}{Option(random, 's', 1)}{Option(random, 'p', 0)}",
        2 => $"avgpool{random.Next(1, 5)}{Option(random, 's', 1)}",
        3 => random.Next(2) == 0 ? "fc" : $"fc{random.Next(1, 300)}",
        4 => $"drop0.{random.Next(1, 10)}",
        5 => "bn",
        6 => "gap",
        7 => "leaky",
        8 => "relu",
        9 => $"[{Parts(random, depth + 1)}]*{random.Next(1, 4)}",
        _ => $"res[{Parts(random, depth + 1)}]",
    };

    private static string Option(Random random, char letter, int least) => random.Next(2) == 0 ? "" : $"{letter}{random.Next(least, 4)}";
}
