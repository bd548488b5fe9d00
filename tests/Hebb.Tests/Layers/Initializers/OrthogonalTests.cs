namespace Hebb.Tests.Layers.Initializers;

using Hebb.Layers;

public class OrthogonalTests
{
    [Theory, InlineData(3, 5), InlineData(5, 3), InlineData(4, 4)]
    public void RowsOrColumnsAreOrthonormal(int rows, int columns)
    {
        Tensor w = Initializer.Orthogonal(2).Draw([rows, columns], DType.Float64, new Rng(1));
        Tensor products = rows <= columns ? w.MatMul(w.T) : w.T.MatMul(w);
        double[] expected = (Tensor.Eye(Math.Min(rows, columns), DType.Float64) * 4).ToArray<double>();
        Assert.All(expected.Zip(products.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void FiltersAreSeenAsRows()
    {
        Tensor w = Initializer.Orthogonal().Draw([4, 2, 3, 3], DType.Float32, new Rng(1)).Reshape(4, 18);
        Assert.All(w.MatMul(w.T).ToArray<float>().Zip(Tensor.Eye(4).ToArray<float>()), pair =>
            Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.Throws<ShapeException>(() => new Parameter([5], Initializer.Orthogonal()));
    }
}
