using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class ImageDatasetTests
{
    private static readonly ImageEncoding s_encoding = new(3, 1, 2, 255, new Scaler([0, 10, 0], (IReadOnlyList<double>)[1, 2, 4]));

    [Fact]
    public void Pixels_become_scaled_numbers_as_they_are_fetched()
    {
        ImageDataset set = new([0, 1, 10, 12, 4, 8, 9, 9, 9, 9, 9, 9], [1, 0], ["a", "b"], s_encoding);
        float[] inputs = set.Read<float>(Field.InputName, [1, 0]);
        long[] classes = set.Read<long>(Field.TargetName, [1, 0]);
        Assert.Equal([9f, 9, -0.5f, -0.5f, 2.25f, 2.25f, 0, 1, 0, 1, 1, 2], inputs);
        Assert.Equal([0L, 1], classes);
        Assert.Equal([0, 10, 4, 1, 12, 8], set.Picture(0).Samples.ToArray());
        Assert.Throws<InvalidOperationException>(() => set.Read<float>(Field.TargetName, [0]));
    }

    [Fact]
    public void Classes_are_a_copy_and_pixels_keep_to_the_levels()
    {
        byte[] classes = [0];
        ImageDataset set = new(new byte[6], classes, ["a"], s_encoding);
        classes[0] = 7;
        Assert.Equal([0L], set.Read<long>(Field.TargetName, [0]));
        Assert.Throws<ArgumentException>(() => new ImageDataset([0, 0, 0, 0, 0, 17], [0], ["a"], s_encoding with { Levels = 16 }));
    }

    [Fact]
    public void Bytes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ImageDataset(new byte[11], [0, 0], ["a"], s_encoding));
        Assert.Throws<ArgumentException>(() => new ImageDataset(new byte[6], [1], ["a"], s_encoding));
        Assert.Throws<ArgumentException>(() => new ImageDataset([], [], [], s_encoding));
    }
}
