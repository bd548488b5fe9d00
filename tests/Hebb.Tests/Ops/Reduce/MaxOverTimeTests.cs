namespace Hebb.Tests.Ops;

public class MaxOverTimeTests
{
    private static readonly Tensor s_x = Tensor.From(new double[] { 1, 5, 9, -1, -5, -9, 4, 4, 7, 2, 8, 8 }, [2, 2, 3]);

    [Fact]
    public void LengthsMaskSteps()
    {
        Tensor mask = Tensor.From<long>([2, 0, 3], [3]).LengthMask(3);
        Assert.Equal([3, 3], mask.Shape);
        Assert.Equal([true, true, false, false, false, false, true, true, true], mask.ToArray<bool>());
        Assert.Equal([0, 0], Tensor.From<long>([], [0]).LengthMask(0).Shape);
        Assert.Throws<ShapeException>(() => Tensor.From<double>(1, 2).LengthMask(3));
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 2], DType.Int64).LengthMask(3));
    }

    [Fact]
    public void OnlyStepsThatCountTakePart()
    {
        Tensor mask = Tensor.From<long>([2, 0], [2]).LengthMask(3);
        Assert.Equal([5.0, -1, 0, 0], s_x.MaxOverTime(mask).ToArray<double>());
        Assert.Equal([3.0, -3, 0, 0], s_x.MeanOverTime(mask).ToArray<double>());
        Assert.Equal([9.0, -1, 7, 8], s_x.MaxOverTime().ToArray<double>());
        Assert.Equal([5.0, -5, 5, 6], s_x.MeanOverTime().ToArray<double>());
    }

    [Fact]
    public void WhatDoesNotCountMayBeAnything()
    {
        Tensor mask = Tensor.From<long>([1], [1]).LengthMask(3),
            x = Tensor.From(new double[] { 2, double.NaN, double.PositiveInfinity }, [1, 1, 3]).Track();
        Tensor y = x.MaxOverTime(mask) + x.MeanOverTime(mask);
        y.Sum().Backward();
        Assert.Equal([4.0], y.Detach().ToArray<double>());
        Assert.Equal([2.0, 0, 0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void GradientsAreThoseOfTheSteps()
    {
        Tensor x = s_x.Clone().Track(), mask = Tensor.From<long>([2, 3], [2]).LengthMask(3),
            c = Tensor.From(new double[] { 1, 2, 3, 4 }, [2, 2]);
        Assert.Equal(GradientVerdict.Good, GradientCheck.Run(() => (x.MeanOverTime(mask).Square() * c).Sum(), [("x", x)]).Verdict);
        x.ZeroGrad();
        (x.MaxOverTime(mask) * c).Sum().Backward();
        Assert.Equal([0.0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 4, 0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void WrongShapesAreRefused()
    {
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 3]).MaxOverTime());
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 3, 0]).MeanOverTime());
        Assert.Contains(
            "give bool[2, 3]", Assert.Throws<ShapeException>(() => s_x.MaxOverTime(Tensor.Zeros([2, 3]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => s_x.MeanOverTime(Tensor.From<long>([1], [1]).LengthMask(3)));
    }
}
