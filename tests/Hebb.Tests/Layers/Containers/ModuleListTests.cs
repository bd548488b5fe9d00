namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ModuleListTests
{
    private sealed class Stack : Module
    {
        private readonly ModuleList<PRelu> _layers;

        public Stack() => Child(_layers = new ModuleList<PRelu>(new PRelu(), new PRelu(3)));

        protected override Tensor OnForward(Tensor x) => _layers.Aggregate(x, (y, layer) => layer.Forward(y));
    }

    [Fact]
    public void ItsPartsAreFound() =>
        Assert.Equal(["layers.0.weight", "layers.1.weight"], new Stack().NamedParameters().Select(parameter => parameter.Name));

    [Fact]
    public void ItIsNoFunction() =>
        Assert.Contains(
            "Sequential", Assert.Throws<InvalidOperationException>(() => new ModuleList<PRelu>().Forward(Tensor.Ones([1]))).Message,
            StringComparison.Ordinal);
}
