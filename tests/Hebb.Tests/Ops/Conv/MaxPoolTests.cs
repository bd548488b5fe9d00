namespace Hebb.Tests.Ops.Conv;

public class MaxPoolTests
{
    /// <summary>Winners are what a gradient needs; without one they take no memory.</summary>
    [Fact]
    public void WinnersAreKeptForAGradientOnly()
    {
        Tensor x = Tensor.Normal([2, 3, 6, 6], new Rng(1)), tracked = x.Clone();
        tracked.RequiresGrad = true;
        float[] expected = x.MaxPool(PoolWindow.Square(2)).ToArray<float>();
        Assert.Equal(1, Outputs(x));
        Assert.Equal(2, Outputs(tracked));
        using (new NoGrad()) Assert.Equal(1, Outputs(tracked));
        Assert.Equal(expected, tracked.MaxPool(PoolWindow.Square(2)).Detach().ToArray<float>());

        static int Outputs(Tensor x)
        {
            Graph graph = Graph.Trace(_ => x.MaxPool(PoolWindow.Square(2)), new TensorSpec(DType.Float32, [1]));
            return graph.ToText().Split('\n').Single(line => line.Contains("MaxPool(", StringComparison.Ordinal)).Split('=')[0]
                .Count(c => c == '%');
        }
    }
}
