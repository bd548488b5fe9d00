namespace Hebb.Tests.Examples;

using Hebb.Layers;
using Hebb.Losses;

/// <summary>A check before training: with tiny weights every class is as likely as any other, so that the loss starts at ln K.</summary>
public class FirstLossTests
{
    [Theory, InlineData(10, 2.302585), InlineData(3, 1.098612)]
    public void TinyWeightsGiveTheLogarithmOfTheNumberOfClasses(int classes, double expected)
    {
        Sequential net = [new Linear(20, 50, start: Initializer.Normal(std: 1e-3)), new Relu(),
            new Linear(50, classes, start: Initializer.Normal(std: 1e-3))];
        Tensor x = Initializer.Normal().Draw([64, 20], DType.Float32, new Rng(1, RngStreams.Data));
        Tensor t = Tensor.From<long>([.. Enumerable.Range(0, 64).Select(i => (long)(i % classes))]);
        Assert.Equal(expected, new CrossEntropyLoss().Forward(net.Forward(x), t).Item(), expected / 100);
    }
}
