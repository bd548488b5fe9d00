namespace Hebb.Tests.Ops.Elementwise;

/// <summary>Elementwise ops of tensors whose elements lie in different orders.</summary>
public class LayoutTests
{
    /// <summary>Small operands are walked with strides; large ones are brought into the order of the result first.</summary>
    [Theory]
    [InlineData(3, 5, 7), InlineData(17, 50, 70), InlineData(1, 300, 130)]
    public void OrdersInMemoryDoNotShow(int a, int b, int c)
    {
        Tensor x = Tensor.Uniform([a, b, c], new Rng(1), -1, 1), y = Tensor.Uniform([c, a, b], new Rng(2), -1, 1);
        Tensor row = Tensor.Uniform([c], new Rng(3), -1, 1), turned = y.Permute(1, 2, 0), plain = turned.Clone();
        Assert.False(turned.IsContiguous);
        Assert.Equal((x - plain).ToArray<float>(), (x - turned).ToArray<float>());
        Assert.Equal((plain - x).ToArray<float>(), (turned - x).ToArray<float>());
        Assert.Equal((plain * row).ToArray<float>(), (turned * row).ToArray<float>());
        Assert.Equal((plain > x).ToArray<bool>(), (turned > x).ToArray<bool>());
        Graph fused = Graph.Trace(t => (t.Permute(1, 2, 0) * x + row).Tanh(), y.Spec);
        Assert.Equal((plain * x + row).Tanh().ToArray<float>(), fused.Evaluate(y)[0].ToArray<float>());
    }
}
