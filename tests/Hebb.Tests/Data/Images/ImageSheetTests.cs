using Hebb.Data;
using Hebb.Files;

namespace Hebb.Tests.Data.Imaging;

public class ImageSheetTests
{
    [Fact]
    public void PicturesStandRowByRowEachFromBlackToWhite()
    {
        Tensor tiles = Tensor.From<float>([0, 1, 2, 4, -1, -1, 0, 1, 5, 5, 5, 5], [3, 2, 2]);
        Image sheet = ImageSheet.Of(tiles, columns: 2);
        Assert.Equal((5, 5, 1), (sheet.Width, sheet.Height, sheet.Channels));
        Assert.Equal(
            [
                0, 64, 0, 0, 0,
                128, 255, 0, 128, 255,
                0, 0, 0, 0, 0,
                128, 128, 0, 0, 0,
                128, 128, 0, 0, 0,
            ], sheet.Samples.ToArray());
        Assert.Equal([42, 85, 128, 212], ImageSheet.Of(tiles, columns: 3, gap: 0, isShared: true).Samples.ToArray()
            .Where((_, i) => i % 6 < 2));
    }

    [Fact]
    public void ColorsEnlargementAndWhatIsNoNumber()
    {
        Image colors = ImageSheet.Of(Tensor.From<double>([0, 1, 2], [1, 3, 1, 1]), enlargement: 2);
        Assert.Equal((2, 2, 3), (colors.Width, colors.Height, colors.Channels));
        Assert.Equal([0, 128, 255], colors.Samples[9..].ToArray());
        Assert.Equal([0, 0, 255, 255], ImageSheet.Of(Tensor.From<float>([float.NaN, 1, 2, float.PositiveInfinity], [1, 2, 2]))
            .Samples.ToArray());
    }

    [Fact]
    public void WhatIsNoArrayOfPicturesIsRefused()
    {
        Assert.Throws<ShapeException>(() => ImageSheet.Of(Tensor.Zeros([2, 2])));
        Assert.Throws<ShapeException>(() => ImageSheet.Of(Tensor.Zeros([2, 4, 3, 3])));
        Assert.Throws<ShapeException>(() => ImageSheet.Of(Tensor.Zeros([1, 100, 100]), enlargement: 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageSheet.Of(Tensor.Zeros([1, 2, 2]), columns: 0));
    }
}
