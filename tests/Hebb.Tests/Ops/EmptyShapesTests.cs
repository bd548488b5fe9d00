namespace Hebb.Tests.Ops;

/// <summary>Axes of no element: what has a value has it, and what has none says so under its own name.</summary>
public class EmptyShapesTests
{
    private static readonly Tensor s_none = Tensor.Zeros([0, 3], DType.Float64);

    [Fact]
    public void ViewsOfNothingMayBeginAnywhere()
    {
        Assert.Equal(new Shape(0, 2), s_none.Narrow(1, 1, 2).Tanh().Shape);
        Assert.Equal(0, s_none[.., 1..].Sum().Item());
        Assert.Equal([new Shape(0, 1), new Shape(0, 2)], s_none.Split([1, 2], 1).Select(part => part.Exp().Shape));
        Assert.Equal([new Shape(0)], [s_none.Prod(1).Shape]);
        Assert.Empty(s_none.Narrow(1, 2, 1).Squeeze(1).AsSpan<double>().ToArray());
        Tensor some = Tensor.Ones([2, 3], DType.Float64);
        Assert.Empty(some[2.., ..].ToArray<double>());
        Assert.Equal(0, some.Narrow(1, 3, 0).Square().Sum().Item());
    }

    [Fact]
    public void ReductionsOfNothingHaveTheirValuesAndGradients()
    {
        Tensor x = Tensor.Zeros([3, 0], DType.Float64).Track();
        Assert.Equal([0.0, 0, 0], x.Detach().Sum(1).ToArray<double>());
        Assert.Equal([1.0, 1, 1], x.Detach().Prod(1).ToArray<double>());
        Assert.All(x.Detach().LogSumExp(1).ToArray<double>(), value => Assert.Equal(double.NegativeInfinity, value));
        foreach (Tensor y in (Tensor[])[x.Sum(1), x.Prod(1), x.LogSumExp(1), x.Norm(2, 1)])
            Assert.Equal(x.Shape, Gradient.Of(y.Sum(), x).Shape);
        Assert.Contains("Max was asked over", Refused(() => x.Max(1)), StringComparison.Ordinal);
        Assert.Contains("Min was asked over", Refused(() => x.Min()), StringComparison.Ordinal);
        Assert.Contains("ArgMax was asked along axis 1", Refused(() => x.ArgMax(1)), StringComparison.Ordinal);
        Assert.Equal(new Shape(0), s_none.Max(1).Shape);

        static string Refused(Action act) => Assert.Throws<ShapeException>(act).Message;
    }

    [Fact]
    public void ProductsOverNothingAreZerosWithGradients()
    {
        Tensor x = Tensor.Zeros([2, 0]).Track(), w = Tensor.Zeros([3, 0]).Track(), b = Tensor.Ones([3]).Track();
        Tensor y = x.Linear(w, b);
        Assert.Equal([1f, 1, 1, 1, 1, 1], y.Detach().ToArray<float>());
        Tensor[] gradients = Gradient.Of(y.Sum(), [x, w, b]);
        Assert.Equal([x.Shape, w.Shape], gradients[..2].Select(gradient => gradient.Shape));
        Assert.Equal([2f, 2, 2], gradients[2].ToArray<float>());
        Tensor volumes = Tensor.Zeros([0, 2, 4, 4, 4]).Track(), filters = Tensor.Ones([3, 2, 2, 2, 2]).Track();
        gradients = Gradient.Of(volumes.Conv3d(filters).Sum(), [volumes, filters]);
        Assert.Equal([volumes.Shape, filters.Shape], gradients.Select(gradient => gradient.Shape));
    }
}
