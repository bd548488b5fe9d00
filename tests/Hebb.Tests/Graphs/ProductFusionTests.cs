namespace Hebb.Tests.Graphs;

/// <summary>Elementwise ops in the kernels of matrix products and of the gradients of pools.</summary>
public class ProductFusionTests
{
    private readonly Tensor _weight = Tensor.Uniform([5, 7], new Rng(2), -1, 1), _bias = Tensor.Uniform([5], new Rng(3), -1, 1);

    [Fact]
    public void AShortcutIsAddedInTheKernel()
    {
        Tensor square = Tensor.Uniform([7, 7], new Rng(4), -1, 1), bias = Tensor.Uniform([7], new Rng(5), -1, 1);
        Check(["Add(·, Linear)"], x => x + x.Linear(square), [3, 7]);
        Check(["Relu(Add(Linear, ·))"], x => (x.Linear(square, bias) + x).Relu(), [2, 3, 7]);
        Check(["Sub(MatMul, ·)"], x => x.MatMul(square) - x, [2, 3, 7]);
        // A row, a column, and a product of several blocks.
        Check(["Mul(Linear, ·)"], x => x.Linear(square, bias) * x, [1, 7]);
        Check(["Sub(·, MatMul)"], x => x - x.MatMul(x.T), [1, 1]);
        Check(["Mul(MatMul, ·)"], x => x.MatMul(x) * x, [600, 600]);
        Check(["Sub(MatMul, ·)"], x => x.MatMul(x) - x, [3, 4, 40, 40]);
    }

    [Fact]
    public void TheGradientOfAnActivationRunsInTheKernelOfTheProductBelowIt()
    {
        Tensor second = Tensor.Uniform([4, 5], new Rng(6), -1, 1);
        string[] steps = Check(
            null, x => Slope(x, x => x.Linear(_weight, _bias).Tanh().Linear(second).Square().Sum()), [2, 3, 7]);
        Assert.Contains("TanhGrad(MatMul, ·)", steps);
    }

    [Theory, InlineData(2, 2, 0), InlineData(3, 3, 0), InlineData(3, 2, 1)]
    public void TheGradientOfAnActivationRunsInThePoolsGradient(int size, int stride, int padding)
    {
        PoolWindow window = PoolWindow.Square(size, stride, padding);
        foreach (Shape shape in (Shape[])[[2, 3, 9, 10], [20, 3, 9, 10]])
        {
            string[] steps = Check(null, x => Slope(x, x => x.Relu().MaxPool(window).Square().Sum()), shape);
            Assert.Contains("ReluGrad(MaxPoolGrad, ·)", steps);
        }
    }

    [Fact]
    public void AnotherLayoutOrShapeStaysOutside()
    {
        Check(["Linear", "Add"], x => x.Linear(_weight, _bias) + _bias, [3, 7]);
        Check(["MatMul", "Mul"], x => x.MatMul(x) * x.T, [7, 7]);
    }

    private static Tensor Slope(Tensor x, Func<Tensor, Tensor> function)
    {
        Tensor leaf = x.Detach();
        leaf.RequiresGrad = true;
        return Gradient.Of(function(leaf), leaf);
    }

    /// <summary>Compares the plan's result with that of eager mode, and the names of its steps.</summary>
    private static string[] Check(string[]? expected, Func<Tensor, Tensor> function, Shape shape)
    {
        Tensor x = Tensor.Uniform(shape, new Rng(1), -1, 1);
        Graph graph = Graph.Trace(function, x.Spec);
        string[] steps = [.. new Plan(graph, GraphPasses.All).Steps.Select(step => step.Name)];
        if (expected is not null) Assert.Equal(expected, steps);
        Assert.Equal(function(x).ToArray<float>(), graph.Evaluate(x)[0].ToArray<float>());
        return steps;
    }
}
