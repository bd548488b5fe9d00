using Hebb.Data;
using Hebb.Files;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>What blurs, edge finders and their like make of nine by nine gray values, of flat areas and of bits, counted by hand.</summary>
public class ImageKernelsByHandTests
{
    private static readonly Tensor s_patch = Patterns.GrayPatch().Cast(DType.Float64);

    [Theory]
    [InlineData("identity", 37)]
    [InlineData("box-blur", 46.111111)]
    [InlineData("gaussian-blur", 43.875)]
    [InlineData("sharpen", 9)]
    [InlineData("laplacian", 28)]
    [InlineData("outline", -82)]
    [InlineData("sobel-x", 158)]
    [InlineData("sobel-y", -14)]
    [InlineData("prewitt-x", 117)]
    [InlineData("prewitt-y", -15)]
    [InlineData("emboss", 139)]
    public void TheMiddleOfAPhotographUnderEachKernel(string kernel, double expected) =>
        Assert.Equal(expected, ImageKernel.Ready[kernel].Apply(s_patch)[4, 4].Item(), 1e-6);

    [Fact]
    public void MeansAndTheDarkEdgeAcross()
    {
        Assert.Equal(57.271605, s_patch.Mean().Item(), 1e-6);
        Assert.Equal(46.111, ImageKernel.BoxBlur.Apply(s_patch)[4, 4].Item(), 1e-3);
        // The 7 x 7 responses that need no border; their third row is the fourth of the image.
        Assert.Equal([-230.0, -218, -197, -135, -51, -38, -105], ImageKernel.SobelY.Apply(s_patch)[3, 1..8].ToArray<double>());
    }

    [Fact]
    public void NegativeResultsAreClampedOnlyInAnImage()
    {
        Assert.Equal(-10, ImageKernel.Sharpen.Apply(s_patch)[3, 3].Item(), 1e-9);
        Image image = ImageTensors.From(s_patch);
        Assert.Equal(0, ImageKernel.Sharpen.Apply(image).Samples[3 * 9 + 3]);
        Assert.Equal(158, ImageKernel.SobelX.Apply(image).Samples[4 * 9 + 4]);
    }

    [Fact]
    public void FlatAreasKeepTheirBrightnessOrHaveNoEdges()
    {
        Tensor flat = Tensor.Full([6, 6], 123, DType.Float64);
        foreach (string name in (string[])["box-blur", "gaussian-blur", "sharpen"])
            Near.Assert(flat[1..5, 1..5].ToArray<double>(), ImageKernel.Ready[name].Apply(flat)[1..5, 1..5].ToArray<double>(), 1e-12, name);
        foreach (string name in (string[])["laplacian", "outline", "sobel-x", "sobel-y", "prewitt-x", "prewitt-y"])
        {
            ImageKernel kernel = ImageKernel.Ready[name];
            Assert.Equal(0, kernel.Sum);
            Assert.Same(kernel, kernel.Normalized());
            Assert.All(kernel.Apply(flat)[1..5, 1..5].ToArray<double>(), response => Assert.Equal(0, response));
        }
    }

    [Theory]
    [InlineData("011 011 011", -5.5)]
    [InlineData("011 001 000", -2.5)]
    [InlineData("111 100 100", -4.5)]
    public void AnEdgeOrCornerOfBitsIsFoundOnlyWhereItIs(string pattern, double bias)
    {
        ImageKernel detector = ImageKernel.Detector(pattern);
        Assert.Equal(bias, detector.Bias);
        Tensor patches = Tensor.From<float>(
            [.. Enumerable.Range(0, 512).SelectMany(n => Enumerable.Range(0, 9).Select(k => (float)(n >> k & 1)))], [512, 3, 3]);
        float[] responses = detector.Apply(patches)[.., 1, 1].ToArray<float>();
        Assert.Equal(0.5f, Assert.Single(responses, response => response > 0));
        Assert.Equal(pattern.Replace(" ", "", StringComparison.Ordinal),
            string.Concat(patches[Array.IndexOf(responses, 0.5f)].Reshape(9).ToArray<float>()));
    }

    /// <summary>Layers cross-correlate too, so that a kernel is a filter of a convolution whose weights are set by hand.</summary>
    [Fact]
    public void AKernelIsAFilterOfAConvolution()
    {
        Tensor picture = s_patch.Reshape(1, 1, 9, 9);
        Assert.Equal(ImageKernel.Emboss.Apply(picture)[.., .., 1..8, 1..8].ToArray<double>(),
            picture.Conv2d(ImageKernel.Emboss.ToTensor(DType.Float64).Reshape(1, 1, 3, 3)).ToArray<double>());
    }
}
