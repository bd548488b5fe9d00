namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Tests.Registry;

public class LocallyConnected2dTests
{
    [Fact]
    public void WithTheSameFilterEverywhereItIsAConvolution()
    {
        Conv2d shared = new Conv2d(2, 3, 3, stride: 2, pad: 1).To(DType.Float64);
        LocallyConnected2d own = new LocallyConnected2d(2, 3, (6, 5), 3, stride: 2, pad: 1).To(DType.Float64);
        own.LoadStateDict(new Dictionary<string, Tensor>
        {
            ["weight"] = shared.Weight.Detach().BroadcastTo(own.Weight.Shape).Clone(),
            ["bias"] = shared.Bias!.Detach().Reshape(3, 1, 1).BroadcastTo(own.Bias!.Shape).Clone(),
        });
        Tensor x = Tensor.Normal([2, 2, 6, 5], new Rng(1), dtype: DType.Float64);
        Near.Assert(shared.Forward(x).Detach().ToArray<double>(), own.Forward(x).Detach().ToArray<double>(), 1e-13, "shared filters");
        Assert.Equal(9 * (3 * 2 * 9 + 3), own.ParameterCount);
    }

    [Fact]
    public void AKernelThatDoesNotFitIsRefused() => Assert.Throws<ArgumentException>(() => new LocallyConnected2d(1, 1, (2, 5), 3));
}
