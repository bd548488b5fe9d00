namespace Hebb.Tests.Examples;

using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

/// <summary>Truth functions learned from their tables: full batch, Bernoulli cross-entropy, rate 0.5, momentum 0.9, 2,000 epochs.</summary>
public class SmallLogicTests
{
    private static (int Errors, double Loss) Learn(Module net, ulong seed, Tensor x, Tensor t, int epochs = 2000)
    {
        net.Initialize(seed);
        Optimizer optimizer = new(net, new Sgd(0.9), 0.5);
        BceLoss loss = new();
        double last = double.NaN;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            Tensor e = loss.Forward(net.Forward(x), t);
            e.Backward();
            optimizer.Step();
            optimizer.ZeroGrad();
            last = e.Item();
        }
        Tensor wrong = (net.Forward(x).Detach() > 0.5).Cast(DType.Float32).NotEqualTo(t);
        return ((int)wrong.Cast(DType.Float32).Sum().Item(), last);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void ExclusiveOrNeedsFourHiddenUnits(ulong seed)
    {
        Tensor x = Tensor.From<float>([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), t = Tensor.From<float>([0, 1, 1, 0], [4, 1]);
        foreach (Module hidden in (Module[])[new Tanh(), new Sigmoid()])
        {
            (int errors, double loss) = Learn(new Sequential(new Linear(2, 4), hidden, new Linear(4, 1), new Sigmoid()), seed, x, t);
            Assert.Equal(0, errors);
            Assert.InRange(loss, 0, 0.01);
        }
    }

    [Theory, InlineData(0), InlineData(1)]
    public void TwoOnesInARowAreLearnedFromAllSixteenWords(ulong seed)
    {
        float[] bits = [.. Enumerable.Range(0, 16).SelectMany(word => Enumerable.Range(0, 4).Select(i => (float)(word >> i & 1)))];
        float[] inARow = [.. Enumerable.Range(0, 16).Select(word => (word & word >> 1) != 0 ? 1f : 0f)];
        (int errors, _) = Learn(
            new Sequential(new Linear(4, 4), new Tanh(), new Linear(4, 1), new Sigmoid()), seed, Tensor.From(bits, [16, 4]),
            Tensor.From(inARow, [16, 1]));
        Assert.Equal(0, errors);
    }
}
