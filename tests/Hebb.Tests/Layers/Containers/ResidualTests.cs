namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ResidualTests
{
    [Fact]
    public void BlocksAreWrittenAsLists()
    {
        Sequential net =
        [
            new Residual([new Conv2d(2, 2, 3, pad: 1), new Relu()]),
            new Concat(new Identity(), new Conv2d(2, 4, 1)),
            new GlobalAvgPool(),
        ];
        Assert.Equal([3, 6], net.Forward(Tensor.Ones([3, 2, 4, 4])).Shape);
        Assert.Equal(["0.body.0.weight", "0.body.0.bias", "1.1.weight", "1.1.bias"],
            net.NamedParameters().Select(parameter => parameter.Name));
        Concat branches = [new Identity(), new Tanh()];
        Assert.Equal([2, 6], branches.Forward(Tensor.Ones([2, 3])).Shape);
        Concat lists = new([new Linear(3, 4), new Tanh()], [new Linear(3, 2)]);
        Assert.Equal([2, 6], lists.Forward(Tensor.Ones([2, 3])).Shape);
        Assert.Equal(["0.0.weight", "0.0.bias", "1.0.weight", "1.0.bias"], lists.NamedParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void ABodyThatChangesTheShapeNeedsAShortcut() =>
        Assert.Contains(
            "shortcut", Assert.Throws<ShapeException>(() => new Residual([new Linear(3, 4)]).Forward(Tensor.Ones([2, 3]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ABlockWhoseLastLayerIsZeroIsTheIdentity()
    {
        Residual block = new([new Linear(3, 8), new Relu(), new Linear(8, 3, start: Initializer.Constant(0))]);
        Tensor x = Tensor.Arange(0, 6, dtype: DType.Float32).Reshape(2, 3);
        Assert.Equal(x.ToArray<float>(), block.Forward(x).Detach().ToArray<float>());
    }
}
