using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class DrawnShapesTests
{
    [Fact]
    public void Shapes_fill_as_much_as_their_kind_does()
    {
        (byte[] images, byte[] labels) = DrawnShapes.Draw(1, 300);
        Assert.Equal([0, 1, 2, 0], labels[..4]);
        for (int i = 0; i < 300; i++)
        {
            ReadOnlySpan<byte> image = images.AsSpan(i * 784, 784);
            double area = 0, squares = 0, x = 0, y = 0;
            for (int p = 0; p < 784; p++)
            {
                area += image[p] / 255.0;
                x += image[p] / 255.0 * (p % 28);
                y += image[p] / 255.0 * (p / 28);
            }
            for (int p = 0; p < 784; p++) squares += image[p] / 255.0 * (Math.Pow(p % 28 - x / area, 2) + Math.Pow(p / 28 - y / area, 2));
            // Of all shapes of one area the circle lies closest to its middle: 2π ∫r²dA / A² is 1 for it, π/3 for a square and 1.209 for a
            // triangle.
            double spread = 2 * Math.PI * squares / (area * area);
            Assert.InRange(
                spread, labels[i] == 0 ? 0.98 : labels[i] == 1 ? 1.17 : 1.03, labels[i] == 0 ? 1.02 : labels[i] == 1 ? 1.25 : 1.07);
        }
    }

    [Fact]
    public void An_image_depends_on_seed_and_number_alone()
    {
        Assert.Equal(DrawnShapes.Draw(2, 5).Images, DrawnShapes.Draw(2, 9).Images[..(5 * 784)]);
        Assert.NotEqual(DrawnShapes.Draw(2, 5).Images, DrawnShapes.Draw(3, 5).Images);
        Assert.Equal(4 * 144, DrawnShapes.Draw(0, 4, 12).Images.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnShapes.Draw(0, 1, 4));
        Assert.Equal((3, 10), (DrawnShapes.Names.Count, DrawnShapes.ColorNames.Count));
    }

    [Fact]
    public void Colors_differ_between_shape_and_ground_and_tell_no_class()
    {
        (byte[] images, byte[] labels) = DrawnShapes.DrawColors(4, 500);
        Assert.Equal(500 * 3 * 32 * 32, images.Length);
        Assert.Equal(9, labels[19]);
        double[] means = new double[10];
        for (int i = 0; i < 500; i++)
        {
            byte[] image = images[(i * 3072)..((i + 1) * 3072)];
            means[labels[i]] += image.Average(value => (double)value) / 50;
            Assert.Contains(image.Chunk(1024), plane => plane.Max() - plane.Min() > 50);
        }
        Assert.All(means, mean => Assert.InRange(mean, 105, 150));
        Assert.Equal(DrawnShapes.DrawColors(4, 3).Images, images[..(3 * 3072)]);
    }
}
