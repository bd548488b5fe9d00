namespace Hebb.Tests.Graphs;

/// <summary>Elementwise ops in the kernels of matrix products, convolutions and their gradients, and of the gradients of pools.</summary>
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

    // Tiles of 4 x 4, channel by channel, lanes over channels, over the batch and along rows.
    [Theory]
    [InlineData(3, 32, 1, 12), InlineData(2, 24, 24, 9), InlineData(1, 20, 1, 4), InlineData(33, 4, 2, 5), InlineData(1, 3, 1, 20)]
    public void AShortcutIsAddedInTheConvolution(int images, int channels, int groups, int size)
    {
        Tensor weight = Tensor.Uniform([channels, channels / groups, 3, 3], new Rng(2), -1, 1);
        Tensor scale = Tensor.Uniform([channels], new Rng(3), 0.5, 1);
        ConvWindow window = ConvWindow.Square(1, 1) with { Groups = groups };
        Shape shape = [images, channels, size, size];
        string[] steps = Check(null, x => (x.Tanh().Conv2d(weight, scale, window) - x.Conv2d(weight, null, window)).Relu(), shape);
        Assert.Contains("Relu(Sub(·, Conv2d))", steps);
        steps = Check(
            null, x => (x.Conv2d(weight, scale, window) + x.Conv2d(weight, null, window).NormalizeWith(scale, scale, scale, scale)).Relu(),
            shape);
        Assert.Contains("Relu(Add(·, NormalizeWith(Conv2d)))", steps);
    }

    [Theory, InlineData(32, 1), InlineData(24, 24), InlineData(20, 2)]
    public void TheGradientOfAnActivationRunsInTheConvolutionsGradient(int channels, int groups)
    {
        Tensor weight = Tensor.Uniform([channels, channels / groups, 3, 3], new Rng(2), -1, 1);
        ConvWindow window = ConvWindow.Square(1, 1) with { Groups = groups };
        string[] steps = Check(
            null, x => Slope(x, x => x.Conv2d(weight, null, window).Tanh().Conv2d(weight, null, window).Square().Sum()),
            [2, channels, 10, 9]);
        Assert.Contains("TanhGrad(Conv2dInputGrad, ·)", steps);
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
