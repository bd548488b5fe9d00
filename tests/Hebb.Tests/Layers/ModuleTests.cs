namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ModuleTests
{
    private sealed class Scale : Module
    {
        private readonly Parameter _weight;

        public Scale(double start) => Register(_weight = new Parameter(Tensor.Full([2], start)));

        protected override Tensor OnForward(Tensor x) => x * _weight;
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

        protected override Tensor OnForward(Tensor x) => _again.Forward(_first.Forward(x));
    }

    private sealed class Mixed : Module
    {
        public Mixed()
        {
            Child(Inner = new Sequential(new Conv2d(1, 2, 2), new Conv2d(1, 2, 2)));
            Register(Own = new Parameter([5], Initializer.Uniform()), "own");
        }

        public Sequential Inner { get; }

        public Parameter Own { get; }

        protected override Tensor OnForward(Tensor x) => x;
    }

    private static float[] Values(Tensor tensor) => tensor.Detach().ToArray<float>();

    [Fact]
    public void AnEmptyBatchPassesThroughAndChangesNothing()
    {
        foreach (bool isTraining in (bool[])[true, false])
        {
            Sequential net =
                [new Conv2d(2, 3, 3, pad: 1), new BatchNorm2d(3), new Relu(), new MaxPool2d(2), new GlobalAvgPool(), new Linear(3, 2)];
            if (!isTraining) net.Eval();
            float[][] before = Averages(net);
            Assert.Equal(new Shape(0, 2), net.Forward(Tensor.Zeros([0, 2, 6, 6])).Shape);
            Assert.Equal(new Shape(0, 3), new GlobalMaxPool().Forward(Tensor.Zeros([0, 3, 4])).Shape);
            Assert.Equal(before, Averages(net));
        }
        Assert.Throws<ShapeException>(() => new GlobalAvgPool().Forward(Tensor.Zeros([2, 3, 0])));

        static float[][] Averages(Module net) =>
            [.. net.NamedState().Select(state => state.Value).Where(state => state.DType.IsFloat).Select(state => state.ToArray<float>())];
    }

    [Fact]
    public void AModuleInsideItselfIsRefused()
    {
        Sequential a = [new Relu()], b = [a];
        Assert.Contains("a part of itself", Assert.Throws<ArgumentException>(() => a.Add(a)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => a.Add(b));
        // A layer may be shared.
        b.Add(a[0]);
        Assert.Equal(3, b.NamedModules().Select(module => module.Value).Distinct().Count());
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

    [Fact]
    public void FrozenParametersGetNoGradient()
    {
        Twice net = new();
        net.Freeze();
        Assert.False(net.Forward(Tensor.Ones([2])).RequiresGrad);
        net.Freeze(isFrozen: false);
        Assert.True(net.Forward(Tensor.Ones([2])).RequiresGrad);
    }

    [Fact]
    public void StartValuesDependOnSeedAndPlaceAlone()
    {
        Mixed net = new(), other = new();
        Assert.NotEqual(Values(((Conv2d)net.Inner[0]).Weight), Values(((Conv2d)net.Inner[1]).Weight));
        float[] fresh = Values(((Conv2d)net.Inner[1]).Weight);
        net.Initialize(0);
        Assert.Equal(fresh, Values(((Conv2d)net.Inner[1]).Weight));
        net.Initialize(3);
        Assert.NotEqual(fresh, Values(((Conv2d)net.Inner[1]).Weight));
        other.Initialize(3);
        Assert.Equal(Values(net.Own), Values(other.Own));

        // The first layer's size moves nothing in the second.
        Sequential wide = [new Conv2d(1, 8, 2), new Conv2d(1, 2, 2)], narrow = [new Conv2d(1, 4, 2), new Conv2d(1, 2, 2)];
        Assert.Equal(Values(((Conv2d)wide[1]).Weight), Values(((Conv2d)narrow[1]).Weight));
    }

    [Fact]
    public void ValuesThatSomebodyTouchedStayWhenALayerIsRegistered()
    {
        Conv2d assigned = new(1, 2, 2), spanned = new(1, 2, 2), fresh = new(1, 2, 2);
        using (new NoGrad()) assigned.Weight.Fill(3);
        float kept = spanned.Weight.Detach().AsSpan<float>()[0];
        float[] alone = Values(fresh.Weight);
        Sequential net = [new Conv2d(1, 2, 2), assigned, spanned, fresh];
        Assert.All(Values(assigned.Weight), value => Assert.Equal(3f, value));
        Assert.Equal(kept, Values(spanned.Weight)[0]);
        Assert.NotEqual(alone, Values(fresh.Weight));
        Assert.Equal(4, net.Count);
    }

    [Fact]
    public void NoiseIsOneStreamForAllParts()
    {
        Mixed net = new();
        net.Initialize(9);
        Assert.Equal((9UL, RngStreams.Dropout), (net.Noise.Seed, net.Noise.Stream));
        Assert.All(net.NamedModules(), part => Assert.Same(net.Noise, part.Value.Noise));
        Assert.Throws<ArgumentNullException>(() => net.Noise = null!);
    }

    [Fact]
    public void BadNamesAreRefused()
    {
        Assert.Contains(
            "under the name 'x'", Assert.Throws<ArgumentException>(() => new Named("x", "x")).Message, StringComparison.Ordinal);
        Assert.Contains("hold no dots", Assert.Throws<ArgumentException>(() => new Named("a.b", "c")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContainersPrintTheirParts() => Assert.Equal(
        "Twice(\n  first: Scale\n  again: Scale\n)", new Twice().ToString());

    private sealed class Named : Module
    {
        public Named(string first, string second)
        {
            Child(new Identity(), first);
            Child(new Identity(), second);
        }

        protected override Tensor OnForward(Tensor x) => x;
    }

    [Fact]
    public void ShapesAreInferredWithoutComputing()
    {
        Sequential net = [new Conv2d(null, 4, 3), new Relu(), new Flatten(), new Linear(5)];
        Assert.Equal(new TensorSpec(DType.Float32, [7, 5]), net.Infer(new TensorSpec(DType.Float32, [7, 2, 6, 6])));
        Assert.Equal([4, 2, 3, 3], net[0].Parameters().First().Shape);
        Assert.Equal([5, 64], net[3].Parameters().First().Shape);
        Assert.Throws<ShapeException>(() => net.Infer(new TensorSpec(DType.Float32, [7, 3, 6, 6])));
    }

    [Fact]
    public void SizesFromShapesAndFromDataGiveTheSameStart()
    {
        Sequential one = [new Linear(6), new Linear(2)], other = [new Linear(6), new Linear(2)];
        one.Infer(new TensorSpec(DType.Float32, [1, 3]));
        other.Forward(Tensor.Ones([4, 3]));
        foreach ((string name, Tensor value) in one.StateDict()) Assert.Equal(Values(value), Values(other.StateDict()[name]));
    }
}
