namespace Hebb.Tests.Examples;

using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

/// <summary>
/// Three classes of six numbers, each a prototype with noise of 0.1: a network 6-10-5-3 with logistic units learns them by plain descent at rate 1 in 200
/// epochs over all 300 samples at once.
/// </summary>
public class NoisyPrototypesTests
{
    private static readonly Tensor s_prototypes = Tensor.From(new[,]
    {
        { -1.3455f, 0.6580f, -0.2041f, -0.0052f, 0.2841f, -0.6806f },
        { -0.3096f, 0.4767f, 0.0416f, 0.8221f, 0.3553f, -0.9552f },
        { 0.0603f, 1.0587f, 0.6078f, -0.5603f, 0.9886f, -1.1840f },
    });

    /// <summary>300 samples and their classes.</summary>
    internal static (Tensor Inputs, Tensor Classes) Samples(ulong seed)
    {
        Tensor t = Tensor.From<long>([.. Enumerable.Range(0, 300).Select(i => i % 3L)]);
        return (s_prototypes.Take(t) + Initializer.Normal(std: 0.1).Draw([300, 6], DType.Float32, new Rng(seed, RngStreams.Data)), t);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void AreLearntWithNegativeLogLikelihood(ulong seed)
    {
        (Tensor x, Tensor t) = Samples(seed);
        Sequential net = [new Linear(6, 10, bias: false), new Sigmoid(), new Linear(10, 5), new Sigmoid(), new Linear(5, 3), new LogSoftmax()];
        net.Initialize(seed);
        Assert.Equal(133, net.ParameterCount);
        Assert.Equal([[10, 6], [5, 10], [5], [3, 5], [3]], net.Parameters().Select(parameter => parameter.Shape));

        NllLoss loss = new();
        Optimizer optimizer = new(net, new Sgd(), 1);
        double first = loss.Of(net.Forward(x), t).Item();
        Assert.InRange(first, 1.0, 1.5);
        for (int epoch = 0; epoch < 200; epoch++)
        {
            loss.Of(net.Forward(x), t).Backward();
            optimizer.Step();
            optimizer.ZeroGrad();
        }
        Tensor logs = net.Forward(x).Detach();
        Assert.All(logs.Exp().Sum(1).ToArray<float>(), total => Assert.Equal(1f, total, 1e-5f));
        Assert.InRange(loss.Of(logs, t).Item(), 0, 0.2);
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
