namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Optim;

public class MaskedLinearTests
{
    [Fact]
    public void EveryUnitHasSoManyDistinctInputsDrawnFromTheSeed()
    {
        MaskedLinear layer = MaskedLinear.Random(20, 7, 3, seed: 4);
        Assert.All(layer.Mask.Sum(1).ToArray<float>(), count => Assert.Equal(3, count));
        Assert.Equal(21, layer.ConnectionCount);
        Assert.Equal(layer.Mask.ToArray<float>(), MaskedLinear.Random(20, 7, 3, seed: 4).Mask.ToArray<float>());
        Assert.NotEqual(layer.Mask.ToArray<float>(), MaskedLinear.Random(20, 7, 3, seed: 5).Mask.ToArray<float>());
    }

    [Fact]
    public void MaskedWeightsStayZeroInTraining()
    {
        MaskedLinear layer = MaskedLinear.Random(6, 4, 2);
        Optimizer optimizer = new(layer, new Adam(), 0.1) { Hooks = { new WeightDecay(0.1) } };
        for (int i = 0; i < 5; i++)
        {
            layer.Forward(Tensor.Normal([8, 6], new Rng((ulong)i))).Square().Sum().Backward();
            optimizer.Step();
            optimizer.ZeroGrad();
        }
        Assert.All(layer.Weight.Detach().ToArray<float>().Zip(layer.Mask.ToArray<float>()), pair =>
            Assert.Equal(pair.Second != 0, pair.First != 0));
    }

    [Fact]
    public void AWindowSeesNeighborsOnly()
    {
        MaskedLinear layer = MaskedLinear.Windows(4, 5, 3);
        Assert.Equal([6, 20], layer.Weight.Shape);
        // The fourth unit stands at the second row's first place.
        Assert.Equal([5, 6, 7, 10, 11, 12, 15, 16, 17], Enumerable.Range(0, 20).Where(i => layer.Mask[3, i].Item() == 1));
    }

    [Fact]
    public void BiasesAndWeightsStartByTheNumberOfConnections()
    {
        MaskedLinear layer = MaskedLinear.Clusters(100, [[.. Enumerable.Range(0, 100)], [3]]);
        float[] w = layer.Weight.Detach().ToArray<float>(), b = layer.Bias!.Detach().ToArray<float>();
        Assert.InRange(w[..100].Max(Math.Abs), 0.09f, 0.1f);
        Assert.InRange(Math.Abs(b[0]), 0, 0.1f);
        Assert.Equal(2, new MaskedLinear(Tensor.From([true, false, true, true], [2, 2]), start: Initializer.Constant(2))
            .Weight.Detach()[1, 0].Item());
    }

    [Fact]
    public void BadMasksAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new MaskedLinear(Tensor.Ones([2, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskedLinear.Random(3, 2, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskedLinear.Clusters(2, [[2]]));
    }
}
