namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Optim;

public class ModuleCopiesTests
{
    private sealed class Silent : Module
    {
        protected override Tensor OnForward(Tensor x) => x;
    }

    private sealed class Liar : Module
    {
        public Liar(bool bias) => Child(Inner = new Conv2d(1, 1, 1, bias: bias));

        private Conv2d Inner { get; }

        protected override Tensor OnForward(Tensor x) => Inner.Forward(x);

        protected internal override Module New() => new Liar(bias: false);
    }

    [Fact]
    public void AModuleThatDoesNotSayHowToMakeAnotherIsNamed()
    {
        Assert.Contains(
            "Silent cannot be cloned", Assert.Throws<InvalidOperationException>(() => new Silent().Clone()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "other parameters", Assert.Throws<InvalidOperationException>(() => new Liar(bias: true).Clone()).Message,
            StringComparison.Ordinal);
        Assert.NotNull(new Liar(bias: false).Clone());
    }

    [Fact]
    public void ACopyIsFrozenSwitchedAndNoisyAsItsOriginal()
    {
        Sequential net = [new Conv2d(1, 1, 1), new BatchNorm2d(1)];
        net[0].Freeze();
        net[1].Eval();
        net.Noise.Position = 17;
        Sequential copy = net.Clone();
        Assert.Equal([false, false, true, true], copy.Parameters().Select(parameter => parameter.RequiresGrad));
        Assert.Equal((true, true, false), (copy.IsTraining, copy[0].IsTraining, copy[1].IsTraining));
        Assert.Equal(17UL, copy.Noise.Position);
        Assert.NotSame(net.Noise, copy.Noise);
    }

    [Fact]
    public void ALayerInTwoPlacesIsOneLayerInTheCopy()
    {
        PRelu tied = new();
        Sequential copy = new Sequential(tied, new Tanh(), tied).Clone();
        Assert.Same(copy[0], copy[2]);
        Assert.Equal(1, copy.ParameterCount);
    }

    [Fact]
    public void ConversionKeepsTheParametersAndForgetsGradients()
    {
        Sequential net = [new Conv2d(1, 1, 1), new BatchNorm2d(1)];
        Parameter weight = ((Conv2d)net[0]).Weight;
        float before = weight.Detach().Item<float>();
        weight.Grad = Tensor.Ones([1, 1, 1, 1]);
        Assert.Same(net, net.To(DType.Float64));
        Assert.Equal(before, weight.Item<double>());
        Assert.Null(weight.Grad);
        Assert.All(net.StateDict(), pair =>
            Assert.Equal(pair.Key.EndsWith("tracked", StringComparison.Ordinal) ? DType.Int64 : DType.Float64, pair.Value.DType));
        Assert.Contains(
            "float32 or float64", Assert.Throws<ArgumentException>(() => net.To(DType.Int64)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptimizerFromBeforeAConversionIsRefused()
    {
        PRelu layer = new();
        Optimizer optimizer = new(layer, new Adam());
        layer.Weight.Grad = Tensor.Ones([1]);
        optimizer.Step();
        layer.To(DType.Float64);
        layer.Weight.Grad = Tensor.Ones([1], DType.Float64);
        Assert.Contains("make a new optimizer", Assert.Throws<InvalidOperationException>(optimizer.Step).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABackwardPassNoticesAConversion()
    {
        PRelu layer = new();
        Tensor y = layer.Forward(Tensor.Full([3], -1)).SumTo([]);
        layer.To(DType.Float64);
        Assert.Contains("changed in place", Assert.Throws<InvalidOperationException>(() => y.Backward()).Message, StringComparison.Ordinal);
    }
}
