namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ParameterTests
{
    [Fact]
    public void TakesOverMemoryAndRequiresAGradient()
    {
        Tensor start = Tensor.Ones([2, 3]);
        Parameter parameter = new(start);
        Assert.Same(start.Storage, parameter.Storage);
        Assert.True(parameter.RequiresGrad);
        Assert.True(parameter.IsDecayed);
        Assert.Null(parameter.Start);
        Assert.True(new Parameter(start.T).IsContiguous);
        Assert.Throws<InvalidOperationException>(() => new Parameter(Tensor.Zeros([2], DType.Int64)));
    }

    [Fact]
    public void AnInitialiserDrawsItsStart()
    {
        Parameter parameter = new([3], Initializer.Constant(0.5), DType.Float64);
        Assert.Equal([0.5, 0.5, 0.5], parameter.Detach().ToArray<double>());
        Assert.False(parameter.IsOpen);
        Assert.True(new Parameter([3, 0], Initializer.Default).IsOpen);
    }
}
