using Hebb.Layers;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>Convolutions and poolings small enough to check by hand, and the counts that textbooks make of large ones.</summary>
public class ConvolutionByHandTests
{
    [Fact]
    public void DenseLayersOnImagesNeedFarTooManyWeights()
    {
        // Start values are drawn when they are read, so that these layers take no memory.
        Assert.Equal(1_600_000_000L + 40_000, new Linear(200 * 200, 200 * 200).ParameterCount);
        Assert.Equal(33_718_272L + 224, new Linear(224 * 224 * 3, 224).ParameterCount);
        Assert.Equal(150_528, 224 * 224 * 3);
        Assert.Equal(483_385_147_392L, 150_528L * ConvSizes.Output(224, 5, pad: 2) * 224 * 64);
    }

    [Fact]
    public void AFiveByFiveFilterOnAPhotograph()
    {
        Assert.Equal(220, ConvSizes.Output(224, 5));
        Assert.Equal(2, ConvSizes.SamePad(5));
        Assert.Equal(224, ConvSizes.Output(224, 5, pad: 2));
        Assert.Equal(76, new Conv2d(3, 1, 5).ParameterCount);
        Conv2d many = new(3, 64, 5, pad: 2);
        Assert.Equal(4864, many.ParameterCount);
        Assert.Equal([1, 64, 224, 224], many.Infer(new TensorSpec(DType.Float32, [1, 3, 224, 224])).Shape);
        Assert.Equal([1, 64, 112, 112], new MaxPool2d(2).Infer(new TensorSpec(DType.Float32, [1, 64, 224, 224])).Shape);
    }

    [Fact]
    public void ADiagonalFilterOnSixteenBits()
    {
        Tensor image = Tensor.From<float>([1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1], [1, 1, 4, 4]);
        Tensor filter = Tensor.From<float>([1, 0, 0, -1], [1, 1, 2, 2]);
        Assert.Equal([0f, -1, 1, -1, 1, 0, 1, 0, -1], image.Conv2d(filter).ToArray<float>());
    }

    /// <summary>Weights of 1 where the pattern has a one, -1 where it has none, and a bias of a half less the number of ones.</summary>
    [Theory]
    [InlineData("011 011 011", -5.5)]
    [InlineData("011 001 000", -2.5)]
    [InlineData("111 100 100", -4.5)]
    public void AFilterFiresForOnePatternOutOfAll512(string pattern, double bias)
    {
        float[] bits = [.. pattern.Replace(" ", "", StringComparison.Ordinal).Select(c => c == '1' ? 1f : -1)];
        float[] patches = [.. Enumerable.Range(0, 512).SelectMany(n => Enumerable.Range(0, 9).Select(k => (float)(n >> k & 1)))];
        Tensor responses = Tensor.From(patches, [512, 1, 3, 3]).Conv2d(Tensor.From(bits, [1, 1, 3, 3]), Tensor.From((float)bias));
        Assert.Equal(0.5f, Assert.Single(responses.ToArray<float>(), response => response > 0));
    }

    [Fact]
    public void AnImageShrinksByTwoWithEveryLayerUntilNothingIsLeft()
    {
        Assert.Equal(260_100, ConvSizes.Output(512, 3) * ConvSizes.Output(512, 3));
        Assert.Equal(1, ConvSizes.SamePad(3));
        int size = 512;
        for (int layer = 1; layer <= 255; layer++) Assert.Equal(512 - 2 * layer, size = ConvSizes.Output(size, 3));
        Assert.Equal(0, ConvSizes.Output(size, 3));
    }

    [Fact]
    public void WithAStrideOfThreeTheStrictRuleRejectsWhatTheOtherRounds()
    {
        Assert.Throws<ArgumentException>(() => ConvSizes.Output(512, 3, 3, isStrict: true));
        List<int> sizes = [512];
        while (sizes[^1] > 0) sizes.Add(ConvSizes.Output(sizes[^1], 3, 3));
        Assert.Equal([512, 170, 56, 18, 6, 2, 0], sizes);
        Assert.Equal(28_900, sizes[1] * sizes[1]);
        Assert.Equal(172, ConvSizes.Output(512, 3, 3, pad: 2, isStrict: true));
    }

    [Theory, InlineData(7, 3, 2, 3), InlineData(8, 3, 2, 3), InlineData(6, 3, 2, 2), InlineData(55, 3, 2, 27)]
    public void TheNumberOfPositionsIsAFloor(int x, int k, int s, int expected)
    {
        Assert.Equal(expected, ConvSizes.Output(x, k, s));
        Assert.Equal(expected, (int)Math.Ceiling((x - k + 1) / (double)s));
        Assert.Equal([1, 4, expected, expected], new MaxPool2d(k, s).Infer(new TensorSpec(DType.Float32, [1, 4, x, x])).Shape);
    }

    /// <summary>((m - f) / s + 1)² k numbers for maps m x m x k; how deep the filters were that made them does not matter.</summary>
    [Theory, InlineData(224, 64, 2, 2), InlineData(55, 96, 3, 2), InlineData(12, 5, 4, 1)]
    public void APoolingGivesSoManyNumbersForEachMap(int m, int k, int f, int s)
    {
        long expected = (long)Math.Pow((m - f) / s + 1, 2) * k;
        foreach (int depth in (int[])[1, 3])
            Assert.Equal(
                expected, new Sequential(new Conv2d(depth, k, 3, pad: 1), new AvgPool2d(f, s))
                .Infer(new TensorSpec(DType.Float32, [1, depth, m, m])).Shape.Count);
    }

    [Fact]
    public void KeepingTheSizeNeedsAWholePadding()
    {
        Assert.Equal(1, ConvSizes.SamePad(32, 3, 1));
        Assert.Equal(2, ConvSizes.SamePad(32, 5, 1));
        Assert.Contains("16.5", Assert.Throws<ArgumentException>(() => ConvSizes.SamePad(32, 3, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreeWaysToPoolSixteenNumbers()
    {
        Tensor x = Tensor.From<double>([1, 3, 2, 4, 5, 6, 7, 8, 3, 2, 1, 0, 1, 2, 3, 4], [1, 1, 4, 4]);
        Assert.Equal([6.0, 8, 3, 4], new MaxPool2d(2).Forward(x).ToArray<double>());
        Assert.Equal([3.75, 5.25, 2, 2], new AvgPool2d(2).Forward(x).ToArray<double>());
        Near.Assert([8.426150, 11.532563, 4.242641, 5.099020], new NormPool2d(2).Forward(x).ToArray<double>(), 1e-6, "L2");
    }

    [Fact]
    public void ActivationMayComeBeforeOrAfterTheMaximumButNotTheMean()
    {
        Tensor x = Tensor.Normal([2, 3, 6, 6], new Rng(1));
        MaxPool2d largest = new(2);
        AvgPool2d mean = new(2);
        Assert.Equal(largest.Forward(x.Relu()).ToArray<float>(), largest.Forward(x).Relu().ToArray<float>());
        Assert.NotEqual(mean.Forward(x.Relu()).ToArray<float>(), mean.Forward(x).Relu().ToArray<float>());
    }

    [Fact]
    public void GradientsOfAConvolutionAreConvolutions()
    {
        Tensor x = Tensor.Normal([1, 1, 6, 6], new Rng(1), dtype: DType.Float64).Track(),
            w = Tensor.Normal([1, 1, 3, 3], new Rng(2), dtype: DType.Float64).Track();
        Tensor g = Tensor.Normal([1, 1, 4, 4], new Rng(3), dtype: DType.Float64);
        Tensor[] found = Gradient.Of(x.Conv2d(w), [x, w], g);
        Near.Assert(x.Detach().Conv2d(g).ToArray<double>(), found[1].ToArray<double>(), 1e-12, "dW = corr(X, G)");
        Near.Assert(g.Pad([0, 0, 2, 2], [0, 0, 2, 2]).Conv2d(w.Detach().Flip([2, 3])).ToArray<double>(), found[0].ToArray<double>(), 1e-12,
            "dX = corr(pad(G), flipped W)");
        Near.Assert(found[0].ToArray<double>(), g.ConvTranspose2d(w.Detach()).ToArray<double>(), 1e-12, "transposed");
    }

    [Fact]
    public void ShiftingTheImageShiftsTheMap()
    {
        Tensor x = Tensor.Normal([1, 1, 8, 8], new Rng(1)), w = Tensor.Normal([1, 1, 3, 3], new Rng(2));
        Tensor shifted = x.Roll(1, 3);
        Assert.Equal(x.Conv2d(w).Narrow(3, 0, 5).ToArray<float>(), shifted.Conv2d(w).Narrow(3, 1, 5).ToArray<float>());
    }
}
