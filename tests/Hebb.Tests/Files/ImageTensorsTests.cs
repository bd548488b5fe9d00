using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class ImageTensorsTests
{
    [Fact]
    public void Planes_become_pixels_and_back()
    {
        Image image = new(2, 1, 3, [1, 2, 3, 4, 5, 6]);
        Tensor planes = image.ToTensor();
        Assert.Equal([3, 1, 2], planes.Shape);
        Assert.Equal([1f, 4, 2, 5, 3, 6], planes.ToArray<float>());
        Assert.Equal([1.0, 4, 2, 5, 3, 6], image.ToTensor(DType.Float64).ToArray<double>());
        Assert.Equal(image.Samples.ToArray(), ImageTensors.From(planes).Samples.ToArray());
    }

    [Fact]
    public void What_no_sample_can_hold_is_clamped()
    {
        Tensor pixels = Tensor.From(new[,] { { -10, 0.4, 254.6, 300, double.PositiveInfinity } });
        Assert.Equal([0, 0, 255, 255, 255], ImageTensors.From(pixels).Samples.ToArray());
    }

    [Fact]
    public void NaN_is_no_brightness() => Assert.Contains("NaN in row 1, column 2",
        Assert.Throws<ArgumentException>(() => ImageTensors.From(Tensor.From(new[,] { { 0, 1, 2 }, { 3, 4, double.NaN } }))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Other_shapes_and_types_are_refused()
    {
        Assert.Throws<ShapeException>(() => ImageTensors.From(Tensor.Zeros([5, 2, 2])));
        Assert.Throws<ShapeException>(() => ImageTensors.From(Tensor.Zeros([0, 2])));
        Assert.Throws<ShapeException>(() => ImageTensors.From(Tensor.Arange(0, 4).Reshape(2, 2)));
        Assert.Throws<ArgumentException>(() => new Image(1, 1, 1, [0]).ToTensor(DType.Int64));
    }
}
