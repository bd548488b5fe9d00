namespace Hebb.Tests.Core;

public class NodeTests
{
    [Fact]
    public void ANodePrintsItsOpAndOperandsAndKnowsWhenItIsReleased()
    {
        Tensor x = Tensor.From<double>(1, 2).Track();
        Tensor y = (x * x).SumTo([]);
        Node product = y.Creator!.Inputs[0].Creator!;
        Assert.Equal("Mul(float64[2], float64[2])", product.ToString());
        Assert.Single(product.Outputs);
        Assert.False(product.IsReleased);
        y.Backward();
        Assert.True(product.IsReleased);
    }
}
