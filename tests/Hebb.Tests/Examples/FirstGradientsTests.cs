using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>The first things one does with tensors and gradients, with the results that a book prints.</summary>
public class FirstGradientsTests
{
    [Fact]
    public void LogarithmsAreTakenElementByElement() =>
        Near.Assert([0, 0.6931, 1.0986, 1.3863], Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } }).Log().ToArray<double>(), 5e-5, "ln");

    [Fact]
    public void TheGradientOfAProductIsTheProductOfTheOthers()
    {
        Tensor z = Tensor.From<double>(1, 2).Track();
        z.Prod().Backward();
        Assert.Equal([2.0, 1], z.Grad!.ToArray<double>());
    }

    [Theory, InlineData(false, new[] { 2.0, 1 }), InlineData(true, new[] { 3.0, 2 })]
    public void WhatIsComputedWithoutGradientsIsAConstant(bool isTracked, double[] expected)
    {
        Tensor z = Tensor.From<double>(1, 2).Track();
        Tensor sum;
        if (isTracked) sum = z.Sum();
        else using (new NoGrad()) sum = z.Sum();
        (z.Prod() + sum).Backward();
        Assert.Equal(expected, z.Grad!.ToArray<double>());
    }

    [Fact]
    public void GradientsAddUpFromPassToPass()
    {
        Tensor z = Tensor.From<double>(1, 2).Track();
        Tensor product = z.Prod();
        product.Backward(retainGraph: true);
        Assert.Equal([2.0, 1], z.Grad!.ToArray<double>());
        z.Sum().Backward();
        Assert.Equal([3.0, 2], z.Grad!.ToArray<double>());
        z.ZeroGrad();
        product.Backward(retainGraph: true);
        product.Backward();
        Assert.Equal([4.0, 2], z.Grad!.ToArray<double>());
        Assert.Throws<InvalidOperationException>(() => product.Backward());
    }

    [Fact]
    public void ImportsAreCopiesAndExportsAreShared()
    {
        double[] numbers = [1, 2];
        Tensor z = Tensor.From(numbers, [2]);
        numbers[0] = 77;
        Assert.Equal([1.0, 2], z.ToArray<double>());
        z.AsSpan<double>()[0] = -1000;
        Assert.Equal([-1000.0, 2], z.ToArray<double>());
        Tensor tracked = Tensor.From<double>(1, 2).Track();
        Assert.Contains(
            "Detach", Assert.Throws<InvalidOperationException>(() => tracked.AsSpan<double>()).Message, StringComparison.Ordinal);
        Assert.Equal([1.0, 2], tracked.Detach().AsSpan<double>().ToArray());
    }

    [Fact]
    public void AnExpressionThatUsesAVariableTwiceAddsBothParts()
    {
        Tensor x = Tensor.Scalar(1.0).Track(), y = Tensor.Scalar(2.0).Track();
        Tensor f = x.Sin() + x * y;
        Assert.Equal(2.841471, f.Item(), 1e-6);
        Tensor[] slopes = Gradient.Of(f, [x, y]);
        Assert.Equal(2.540302, slopes[0].Item(), 1e-6);
        Assert.Equal(1, slopes[1].Item());
    }

    [Fact]
    public void TheGradientsOfAMatrixProductAreMatrixProducts()
    {
        Tensor a = Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } }).Track(), b = Tensor.From(new double[,] { { 5, 6 }, { 7, 8 } }).Track();
        Tensor[] product = Gradient.Of(a.MatMul(b).Sum(), [a, b]), sum = Gradient.Of((a + b).Sum(), [a, b]);
        Assert.Equal([11.0, 15, 11, 15], product[0].ToArray<double>());
        Assert.Equal([4.0, 4, 6, 6], product[1].ToArray<double>());
        Assert.All(sum, gradient => Assert.Equal([1.0, 1, 1, 1], gradient.ToArray<double>()));
    }

    [Fact]
    public void TheGradientOfASquaredDistanceHasATwoForEveryComponent()
    {
        Tensor y = Tensor.From<double>(0.5, -1, 2).Track(), t = Tensor.From<double>(0, 1, 0);
        Near.Assert([1, -4, 4], Gradient.Of((y - t).Square().Sum(), y).ToArray<double>(), 1e-12, "2(y - t)");
    }
}
