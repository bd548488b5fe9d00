namespace Hebb.Tests.Autograd;

public class JacobianTests
{
    private static readonly Tensor X = Tensor.From<double>(1, 2, 3);

    // y = (x0 x1, x1 x2), so J = [[x1, x0, 0], [0, x2, x1]].
    private static Tensor Products(Tensor x) => x[..2] * x[1..];

    private static Tensor Cubes(Tensor x) => (x * x * x).SumTo([]);

    [Fact]
    public void BothLayouts()
    {
        Assert.Equal([2.0, 1, 0, 0, 3, 2], Jacobian.Of(Products, X).ToArray<double>());
        Tensor transposed = Jacobian.Of(Products, X, JacobianLayout.InputsByResults);
        Assert.Equal([3, 2], transposed.Shape);
        Assert.Equal([2.0, 0, 1, 3, 0, 2], transposed.ToArray<double>());
    }

    [Fact]
    public void ProductsAgreeWithTheMatrix()
    {
        Assert.Equal([2.0 * 5, 1 * 5 + 3 * 7, 2 * 7], Jacobian.VectorProduct(Products, X, Tensor.From<double>(5, 7)).ToArray<double>());
        Assert.Equal([2.0 * 1 + 1 * 10, 3 * 10 + 2 * 100], Jacobian.ProductWithVector(Products, X, Tensor.From<double>(1, 10, 100))
            .ToArray<double>());
    }

    [Fact]
    public void HessianOfCubes() =>
        Assert.Equal([6.0 * 1 * 2, 6 * 2 * 3, 6 * 3 * 4], Jacobian.HessianVector(Cubes, X, Tensor.From<double>(2, 3, 4)).ToArray<double>());

    [Fact]
    public void FunctionsWithoutCurvatureOrDependenceGiveZeros()
    {
        Assert.Equal([0.0, 0, 0], Jacobian.HessianVector(x => (x * 2).SumTo([]), X, X).ToArray<double>());
        Assert.Equal([0.0, 0, 0], Jacobian.VectorProduct(_ => Tensor.Ones([1], DType.Float64), X, Tensor.Ones([1], DType.Float64))
            .ToArray<double>());
        Assert.Equal([0.0], Jacobian.ProductWithVector(_ => Tensor.Ones([1], DType.Float64), X, X).ToArray<double>());
        Assert.Null(X.Grad);
    }
}
