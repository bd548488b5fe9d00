using Hebb.Data;

namespace Hebb.Tests.Data.Augmentation;

public class AugmentationsTests
{
    [Fact]
    public void WordsBecomeAugmentationsInTheirOrder()
    {
        IAugmentation[] all = [new RandomFlip(), new RandomShift(4), new RandomAffine(10, 0.1), new ElasticDistortion(1.5),
            new AdditiveNoise(0.05), new CutOut(8)];
        Assert.Equal(all, Augmentations.Parse("flip shift4 rotate10 scale0.1 bend1.5 noise0.05 cutout8"));
        IAugmentation[] some = [new CutOut(3), new RandomAffine(20, 0.2), new RandomFlip()];
        Assert.Equal(some, Augmentations.Parse("  cutout3 scale0.2 flip rotate20"));
        Assert.Equal([new RandomAffine(Degrees: 0, Scale: 0.3)], Augmentations.Parse("scale0.3"));
        Assert.Equal([new RandomAffine(Degrees: 5, Scale: 0)], Augmentations.Parse("rotate5"));
        Assert.Empty(Augmentations.Parse(" "));
    }

    [Theory]
    [InlineData("flipp", "no augmentation 'flipp'")]
    [InlineData("flip2", "flip takes no number")]
    [InlineData("shift", "a number after shift")]
    [InlineData("shift1 shift2", "given twice")]
    [InlineData("cutout2.5", "whole number")]
    [InlineData("cutout0", "at least 1")]
    [InlineData("scale1", "0 to below 1")]
    public void WhatCannotBeReadIsNamed(string text, string found) =>
        Assert.Contains(found, Assert.ThrowsAny<ArgumentException>(() => Augmentations.Parse(text)).Message, StringComparison.Ordinal);
}
