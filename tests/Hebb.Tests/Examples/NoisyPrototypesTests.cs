namespace Hebb.Tests.Examples;

using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

/// <summary>
/// Three classes of six numbers, each a prototype with noise of 0.1: a network 6-10-5-3 with logistic units learns them by plain descent at
/// rate 1 in 200 epochs over all 300 samples at once.
/// </summary>
public class NoisyPrototypesTests
{
    /// <summary>300 samples and their classes.</summary>
    internal static (Tensor Inputs, Tensor Classes) Samples(ulong seed)
    {
        Batch all = new DataLoader(Synthetic.Prototypes(300, seed), 300).Epoch(0).Single();
        return (all.Input, all.Target);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void AreLearnedWithNegativeLogLikelihood(ulong seed)
    {
        (Tensor x, Tensor t) = Samples(seed);
        Sequential net =
            [new Linear(6, 10, bias: false), new Sigmoid(), new Linear(10, 5), new Sigmoid(), new Linear(5, 3), new LogSoftmax()];
        net.Initialize(seed);
        Assert.Equal(133, net.ParameterCount);
        Assert.Equal([[10, 6], [5, 10], [5], [3, 5], [3]], net.Parameters().Select(parameter => parameter.Shape));

        NllLoss loss = new();
        Optimizer optimizer = new(net, new Sgd(), 1);
        double first = loss.Forward(net.Forward(x), t).Item();
        Assert.InRange(first, 1.0, 1.5);
        for (int epoch = 0; epoch < 200; epoch++)
        {
            loss.Forward(net.Forward(x), t).Backward();
            optimizer.Step();
            optimizer.ZeroGrad();
        }
        Tensor logs = net.Forward(x).Detach();
        Assert.All(logs.Exp().Sum(1).ToArray<float>(), total => Assert.Equal(1f, total, 1e-5f));
        Assert.InRange(loss.Forward(logs, t).Item(), 0, 0.2);
        double right = logs.ArgMax(1).EqualTo(t).Cast(DType.Float32).Mean().Item();
        Assert.InRange(right, 0.99, 1);
    }

    [Fact]
    public void TheVariantWithRectifiersAndBiasesHasTenParametersMore()
    {
        Sequential net = [new Linear(6, 10), new Relu(), new Linear(10, 5), new Relu(), new Linear(5, 3), new LogSoftmax()];
        Assert.Equal(143, net.ParameterCount);
    }
}
