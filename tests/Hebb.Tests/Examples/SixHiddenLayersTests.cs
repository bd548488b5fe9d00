namespace Hebb.Tests.Examples;

using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

/// <summary>
/// Three noisy prototypes of six numbers behind six hidden layers of ten units, by plain descent at rate 0.1 over 200 epochs: logistic
/// units learn nothing, since their slopes of a quarter at most multiply; with batch normalization, with tanh or with rectifiers the same
/// depth learns.
/// </summary>
public class SixHiddenLayersTests
{
    [Fact]
    public void LogisticUnitsStayAtTheLogarithmOfThree() => Assert.InRange(Train(() => new Sigmoid(), isNormalized: false), 1.05, 1.12);

    [Fact]
    public void BatchNormalizationRescuesThem() => Assert.InRange(Train(() => new Sigmoid(), isNormalized: true), 0, 0.2);

    [Fact]
    public void TanhAndRectifiersLearn()
    {
        Assert.InRange(Train(() => new Tanh(), isNormalized: false), 0, 0.1);
        Assert.InRange(Train(() => new Relu(), isNormalized: false, Initializer.HeNormal()), 0, 0.1);
    }

    private static double Train(Func<Module> activation, bool isNormalized, IInitializer? start = null)
    {
        start ??= Initializer.GlorotUniform();
        (Tensor x, Tensor t) = NoisyPrototypesTests.Samples(1);
        Sequential net = [];
        for (int i = 0; i < 6; i++)
        {
            net.Add(new Linear(i == 0 ? 6 : 10, 10, start: start));
            if (isNormalized) net.Add(new BatchNorm1d(10));
            net.Add(activation());
        }
        net.Add(new Linear(10, 3, start: start));
        net.Initialize(2);
        CrossEntropyLoss loss = new();
        Optimizer optimizer = new(net, new Sgd(), 0.1);
        for (int epoch = 0; epoch < 200; epoch++)
        {
            optimizer.ZeroGrad();
            loss.Forward(net.Forward(x), t).Backward();
            optimizer.Step();
        }
        return loss.Forward(net.Forward(x), t).Item();
    }
}
