namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class SequentialTests
{
    [Fact]
    public void IsACollectionOfLayers()
    {
        Sequential net = [new Relu(), new Tanh()];
        net.Add(new Identity());
        Assert.Equal(["Relu", "Tanh", "Identity"], net.Select(layer => layer.Kind));
        Assert.IsType<Tanh>(net[1]);
        Assert.Equal(3, net.Count);
        Assert.Equal("Sequential(\n  0: Relu\n  1: Tanh\n  2: Identity\n)", net.ToString());
    }

    [Fact]
    public void LayersTogetherStartAsOneByOneAndCostAsMuchAsThereAre()
    {
        Sequential together = [new Linear(3, 4), new Linear(4, 4), new Linear(4, 2)], oneByOne = [];
        foreach (int[] sizes in (int[][])[[3, 4], [4, 4], [4, 2]]) oneByOne.Add(new Linear(sizes[0], sizes[1]));
        foreach ((string name, Tensor value) in oneByOne.StateDict())
            Assert.Equal(value.ToArray<float>(), together.StateDict()[name].ToArray<float>());
        Allocated(10);
        (long few, long many) = (Allocated(500), Allocated(2000));
        Assert.True(many < 8 * few, $"{few} bytes for 500 layers, {many} for 2000");

        static long Allocated(int count)
        {
            Module[] layers = [.. Enumerable.Range(0, count).Select(_ => new Linear(1, 1))];
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(count, new Sequential(layers).Count);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void RunsItsLayersInOrder()
    {
        Sequential net = [new Lambda(x => x + 1), new Lambda(x => x * 2)], empty = [];
        Assert.Equal(8, net.Forward(Tensor.Full([], 3)).Item());
        Tensor x = Tensor.Ones([2]);
        Assert.Same(x, empty.Forward(x));
    }

    [Fact]
    public void NestedChainsNameTheirParametersByPath()
    {
        Sequential inner = [new Tanh(), new PRelu()], net = [inner, new PRelu()];
        Assert.Equal(["0.1.weight", "1.weight"], net.NamedParameters().Select(parameter => parameter.Name));
        Assert.Contains("\n    1: PRelu\n", net.ToString(), StringComparison.Ordinal);
    }
}
