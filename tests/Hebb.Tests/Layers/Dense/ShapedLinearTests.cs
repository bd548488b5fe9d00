namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ShapedLinearTests
{
    /// <summary>A 7 x 7 grid of nodes that sees a 28 x 28 image is a 49 x 784 matrix.</summary>
    [Fact]
    public void ItIsADenseLayerOnWhatIsFlattened()
    {
        ShapedLinear shaped = new([28, 28], [7, 7]);
        Linear flat = new(784, 49);
        Assert.Equal([7, 7, 28, 28], shaped.Weight.Shape);
        Assert.Equal(flat.Weight.Detach().ToArray<float>(), shaped.Weight.Detach().ToArray<float>());
        Tensor x = Tensor.Normal([2, 28, 28], new Rng(1));
        Assert.Equal(flat.Forward(x.Reshape(2, 784)).Detach().ToArray<float>(), shaped.Forward(x).Detach().ToArray<float>());
        Assert.Equal([2, 7, 7], shaped.Forward(x).Shape);
    }

    [Fact]
    public void ShapesWithoutNodesAreRefused() => Assert.Throws<ArgumentException>(() => new ShapedLinear([], [3]));
}
