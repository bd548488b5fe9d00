using Hebb.Diagnostics;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Tests.Diagnostics;

public class FirstFiltersTests
{
    [Fact]
    public void TheFirstLayersWeightsAreThePictures()
    {
        Sequential seeing = [new Conv2d(3, 5, 3), new Relu(), new Conv2d(5, 2, 3)];
        Assert.Equal([5, 3, 3, 3], FirstFilters.Of(seeing).Shape);
        Assert.Equal([8, 3, 3], FirstFilters.Of(new Conv2d(2, 4, 3)).Shape);
        Sequential dense = [new Flatten(), new Linear(12, 7)];
        Assert.Equal([7, 3, 4], FirstFilters.Of(dense, [1, 3, 4]).Shape);
        Assert.Equal(((Linear)dense[1]).Weight.Detach().ToArray<float>(), FirstFilters.Of(dense, [3, 4]).ToArray<float>());
        Image sheet = FirstFilters.Sheet(seeing, enlargement: 2);
        Assert.Equal((20, 13, 3), (sheet.Width, sheet.Height, sheet.Channels));
    }

    /// <summary>No other input of the same length drives a unit more than its weights do.</summary>
    [Fact]
    public void AUnitsWeightsAreWhatDrivesItMost()
    {
        Linear unit = new(9, 1, bias: false);
        Tensor picture = FirstFilters.Of(unit, [3, 3])[0], others = Tensor.Normal([1000, 9], new Rng(1));
        double length = picture.Norm().Item(), most = unit.Forward(picture.Reshape(1, 9)).Item();
        Tensor drives = unit.Forward(others * (length / others.Norm(2, [1], keepAxes: true))).Detach();
        Assert.InRange(drives.Max().Item(), 0.5 * most, most);
    }

    [Fact]
    public void WhatHasNoPicturesIsRefused()
    {
        Assert.Throws<ArgumentException>(() => FirstFilters.Of(new Relu()));
        Assert.Throws<ArgumentException>(() => FirstFilters.Of(new Linear(4, 2)));
        Assert.Throws<ArgumentException>(() => FirstFilters.Of(new Linear(4, 2), [3, 3]));
        Assert.Throws<ArgumentException>(() => FirstFilters.Of(new Conv3d(1, 2, 3)));
    }
}
