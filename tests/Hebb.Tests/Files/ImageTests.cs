using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class ImageTests
{
    [Fact]
    public void Colors_become_gray_by_their_luma_and_gray_becomes_color()
    {
        Image rgb = new(2, 1, 3, [255, 0, 0, 0, 255, 255]);
        Assert.Equal([76, 179], rgb.ToGray().Samples.ToArray());
        Assert.Equal([7, 7, 7], new Image(1, 1, 1, [7]).ToRgb().Samples.ToArray());
        Assert.Same(rgb, rgb.ToRgb());
    }

    [Fact]
    public void WhatIsTransparentLiesOnWhiteOrOnAGivenColor()
    {
        Assert.Equal([255, 9, 180], new Image(3, 1, 2, [7, 0, 9, 255, 105, 127]).ToGray().Samples.ToArray());
        Assert.Equal([255, 255, 255], new Image(1, 1, 2, [7, 0]).ToRgb().Samples.ToArray());
        Assert.Equal([251, 251, 251], new Image(1, 1, 4, [1, 2, 3, 4]).ToRgb().Samples.ToArray());
        Assert.Equal(255, new Image(1, 1, 4, [0, 0, 0, 0]).ToGray().Samples[0]);

        Image gray = new(2, 1, 2, [200, 51, 100, 255]), color = new(1, 1, 4, [200, 100, 0, 102]);
        Assert.Equal([80, 100], gray.Over(new Rgb(50, 50, 50)).Samples.ToArray()); // (51 * 200 + 204 * 50) / 255
        Assert.Equal([40, 48, 56, 100, 100, 100], gray.Over(new Rgb(0, 10, 20)).Samples.ToArray());
        Assert.Equal([110, 70, 30], color.Over(new Rgb(50, 50, 50)).Samples.ToArray());
        Assert.Equal([80, 40, 153], color.Over(new Rgb(0, 0, 255)).Samples.ToArray());
        Image opaque = new(1, 1, 3, [1, 2, 3]);
        Assert.Same(opaque, opaque.Over(Rgb.White));
    }

    [Fact]
    public void Inverting_keeps_alpha()
    {
        Assert.Equal([155, 100], new Image(1, 1, 2, [100, 100]).Invert().Samples.ToArray());
        Assert.Equal([254, 253, 252, 4], new Image(1, 1, 4, [1, 2, 3, 4]).Invert().Samples.ToArray());
        Assert.Equal([254, 253, 252], new Image(1, 1, 3, [1, 2, 3]).Invert().Samples.ToArray());
    }

    [Fact]
    public void Resizing_keeps_flat_images_flat_and_the_mean_of_others()
    {
        Image flat = new(5, 3, 3, [.. Enumerable.Repeat((byte)77, 45)]);
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (28, 28), (4, 7), (5, 3)])
        {
            Image resized = flat.Resize(width, height);
            Assert.Equal((width, height, 3), (resized.Width, resized.Height, resized.Channels));
            Assert.True(resized.Samples.IndexOfAnyExcept((byte)77) < 0);
        }

        byte[] checks = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)((i / 64 + i) % 2 * 255))];
        Assert.All(new Image(64, 64, 1, checks).Resize(8, 8).Samples.ToArray(), value => Assert.InRange(value, 120, 136));
        byte[] ramp = [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 16))];
        Assert.Equal(ramp, new Image(16, 1, 1, ramp).Resize(16, 1).Samples.ToArray());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Image(2, 2, 1, new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(2, 2, 5, new byte[20]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(0, 2, 1, []));
    }
}
