using Hebb.Data;
using Hebb.Files;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Data.Imaging;

public class ImageKernelTests
{
    private static readonly Tensor s_image = Tensor.Uniform([2, 3, 5, 7], new Rng(1), 0, 255, DType.Float64);

    [Fact]
    public void ResultsHaveTheSizeOfTheImageAndAnyLeadingAxes()
    {
        Assert.Equal(s_image.ToArray<double>(), ImageKernel.Identity.Apply(s_image).ToArray<double>());
        Assert.Equal([5, 7], ImageKernel.SobelX.Apply(s_image[0, 0]).Shape);
        Assert.Equal(ImageKernel.SobelX.Apply(s_image)[1, 2].ToArray<double>(), ImageKernel.SobelX.Apply(s_image[1, 2]).ToArray<double>());
        ImageKernel line = new(new double[,] { { 1, 2, 3, 4, 5 } });
        Assert.Equal((1, 5, 15), (line.Rows, line.Columns, line.Sum));
        // The weights are not turned round: the pixel to the right meets the weight on the right.
        Assert.Equal([3.0, 2, 1, 0], line.Apply(Tensor.From(new double[,] { { 1, 0, 0, 0 } })).ToArray<double>());
    }

    [Fact]
    public void BordersAreZerosOrWhatThePaddingMakesOfTheImage()
    {
        Tensor flat = Tensor.Full([4, 4], 90, DType.Float64);
        double[] dark = ImageKernel.BoxBlur.Apply(flat).ToArray<double>();
        Assert.Equal(40, dark[0], 1e-12);
        Assert.Equal(60, dark[1], 1e-12);
        foreach (PadMode border in (PadMode[])[PadMode.Edge, PadMode.Reflect, PadMode.Circular])
            Near.Assert(flat.ToArray<double>(), ImageKernel.BoxBlur.Apply(flat, border).ToArray<double>(), 1e-12, $"{border}");
    }

    [Fact]
    public void OnlyKernelsWithASumAreNormalized()
    {
        Assert.Equal(1, ImageKernel.GaussianBlur.Sum, 1e-15);
        Assert.Equal(0.25, ImageKernel.GaussianBlur[1, 1]);
        Assert.Same(ImageKernel.SobelX, ImageKernel.SobelX.Normalized());
        ImageKernel quarter = new ImageKernel(new double[,] { { 1, 2, 1 } }) { Bias = 3 }.Normalized();
        Assert.Equal((0.25, 0.5, 3), (quarter[0, 0], quarter[0, 1], quarter.Bias));
        Assert.Equal(11, ImageKernel.Ready.Count);
    }

    [Fact]
    public void ColorsAreFilteredOneByOneAndAlphaStays()
    {
        byte[] samples = [.. Enumerable.Range(0, 3 * 3 * 4).Select(i => (byte)(7 * i))];
        Image image = new(3, 3, 4, samples), changed = ImageKernel.Outline.Apply(image);
        Tensor byHand = ImageKernel.Outline.Apply(image.ToTensor());
        for (int i = 0; i < samples.Length; i++)
        {
            byte expected = i % 4 == 3 ? samples[i] : (byte)Math.Clamp(byHand[i % 4, i / 12, i / 4 % 3].Item(), 0, 255);
            Assert.Equal(expected, changed.Samples[i]);
        }
    }

    [Fact]
    public void BadKernelsAndImagesAreRefused()
    {
        Assert.Contains("2x3", Assert.Throws<ArgumentException>(() => new ImageKernel(new double[2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ImageKernel(new[,] { { double.NaN } }));
        Assert.Throws<FormatException>(() => ImageKernel.Detector("01 1"));
        Assert.Throws<FormatException>(() => ImageKernel.Detector(""));
        Assert.Throws<FormatException>(() => ImageKernel.Detector("012"));
        Assert.Throws<ShapeException>(() => ImageKernel.Sharpen.Apply(Tensor.Zeros([3])));
        Assert.Throws<ShapeException>(() => ImageKernel.Sharpen.Apply(Tensor.Arange(0, 9).Reshape(3, 3)));
    }
}
