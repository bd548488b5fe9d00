using Hebb.Layers;

namespace Hebb.Tests.Layers;

public class ModuleTests
{
    private sealed class Scale : Module
    {
        private readonly Parameter _weight;

        public Scale(double start) => Register(_weight = new Parameter(Tensor.Full([2], start)));

        public override Tensor Forward(Tensor x) => x * _weight;
    }

    private sealed class Twice : Module
    {
        private readonly Scale _first;
        private readonly Module _again;

        public Twice()
        {
            Child(_first = new Scale(2));
            Child(_again = _first);
        }

        public override Tensor Forward(Tensor x) => _again.Forward(_first.Forward(x));
    }

    [Fact]
    public void NamesComeFromExpressionsAndSharedParametersCountOnce()
    {
        Twice net = new();
        Assert.Equal(["first.weight"], net.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(2, net.ParameterCount);
        net.Forward(Tensor.Ones([2])).SumTo([]).Backward();
        Assert.Equal([4f, 4], net.Parameters().Single().Grad!.ToArray<float>());
        net.ZeroGrad();
        Assert.Null(net.Parameters().Single().Grad);
    }

    [Fact]
    public void ModeReachesAllParts()
    {
        Twice net = new();
        net.Eval();
        Assert.All(net.NamedModules(), part => Assert.False(part.Value.IsTraining));
    }
}
