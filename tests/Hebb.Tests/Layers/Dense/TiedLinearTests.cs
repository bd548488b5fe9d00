namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Optim;
using Hebb.Tests.Registry;

public class TiedLinearTests
{
    private static (Sequential Net, Linear Encoder, TiedLinear Decoder) Coder()
    {
        Linear encoder = new(5, 2);
        TiedLinear decoder = new(encoder);
        return ([encoder, new Tanh(), decoder], encoder, decoder);
    }

    [Fact]
    public void TheGradientIsTheSumOfBothUsesAndTheOptimizerSeesOne()
    {
        (Sequential net, Linear encoder, TiedLinear decoder) = Coder();
        net.To(DType.Float64);
        Assert.Equal(["0.weight", "0.bias", "2.bias"], net.NamedParameters().Select(parameter => parameter.Name));
        Tensor x = Tensor.Normal([3, 5], new Rng(1), dtype: DType.Float64);
        net.Forward(x).Square().Sum().Backward();
        Tensor first = encoder.Weight.Detach().Track(), second = encoder.Weight.Detach().Clone().Track();
        Tensor y = x.Linear(first, encoder.Bias).Tanh().Linear(second.T, decoder.Bias);
        Tensor[] parts = Gradient.Of(y.Square().Sum(), [first, second]);
        Near.Assert((parts[0] + parts[1]).ToArray<double>(), encoder.Weight.Grad!.ToArray<double>(), 1e-13, "both uses");
        Assert.Equal(3, new Optimizer(net, new Sgd()).Groups[0].Parameters.Count);
    }

    [Fact]
    public void ACopyIsTiedToo()
    {
        (Sequential net, _, _) = Coder();
        Sequential copy = net.Clone();
        Assert.Same(((Linear)copy[0]).Weight, ((TiedLinear)copy[2]).Weight);
        Assert.NotSame(((Linear)net[0]).Weight, ((Linear)copy[0]).Weight);
        Tensor x = Tensor.Normal([3, 5], new Rng(1));
        Assert.Equal(net.Forward(x).Detach().ToArray<float>(), copy.Forward(x).Detach().ToArray<float>());
        using (new NoGrad()) ((Linear)copy[0]).Weight.Assign(((Linear)copy[0]).Weight * 2);
        Assert.NotEqual(net.Forward(x).Detach().ToArray<float>(), copy.Forward(x).Detach().ToArray<float>());
        Assert.Equal(3, copy.Parameters().Count());
    }

    [Fact]
    public void AnOpenLayerCannotBeShared() => Assert.Throws<ArgumentException>(() => new TiedLinear(new Linear(3)));
}
