using Hebb.Data;
using Hebb.Kernels;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training;

[Collection("lanes")]
public class CompiledStepTests
{
    public static TheoryData<string, int> Nets =>
    [
        .. from name in new[] { "mlp", "lenet", "lenet-bn", "residual", "depthwise", "tied" }
           from threads in new[] { 1, 2 }
           select (name, threads),
    ];

    [Theory]
    [MemberData(nameof(Nets))]
    public void FiftyStepsGiveTheWeightsOfEagerMode(string name, int threads)
    {
        int before = Team.Threads;
        Team.Threads = threads;
        try
        {
            (Module eager, Optimizer eagerOptimizer) = Make(name);
            (Module compiled, Optimizer optimizer) = Make(name);
            CompiledStep step = Compiled.Step(compiled, optimizer, batch => Loss(name, compiled, batch));
            for (int i = 0; i < 50; i++)
            {
                // The last batch of an epoch is shorter.
                Tensor[] batch = Batch(name, i, i % 5 == 4 ? 7 : 16);
                eagerOptimizer.ZeroGrad();
                Tensor loss = Loss(name, eager, batch)[0];
                loss.Backward();
                eagerOptimizer.Step();
                Assert.Equal(loss.Item(), step.Run(batch));
            }
            foreach ((string key, Tensor value) in eager.StateDict()) Assert.Equal(Bytes(value), Bytes(compiled.StateDict()[key]));
            foreach ((string key, Tensor value) in eagerOptimizer.StateDict()) Assert.Equal(
                Bytes(value), Bytes(optimizer.StateDict()[key]));
        }
        finally
        {
            Team.Threads = before;
        }
    }

    [Theory]
    [InlineData("row", 2), InlineData("row", 40), InlineData("product", 3), InlineData("product", 300), InlineData("sum", 5)]
    [InlineData("sum", 250), InlineData("same", 60), InlineData("turned", 3), InlineData("turned", 260), InlineData("mixed", 200)]
    public void ParametersInEachOthersGradientsMoveAsInEagerMode(string kind, int size)
    {
        foreach (IUpdateRule rule in (IUpdateRule[])[new Sgd(), new Adam()])
        {
            (Entangled eager, Entangled compiled) = (new(kind, size), new(kind, size));
            Optimizer eagerOptimizer = new(eager, rule, 0.01), optimizer = new(compiled, rule, 0.01);
            Tensor x = Tensor.Uniform([size, size], new Rng(4), -1, 1);
            CompiledStep step = Compiled.Step(compiled, optimizer, (y, t) => (y * t).Sum());
            for (int i = 0; i < 8; i++)
            {
                eagerOptimizer.ZeroGrad();
                (eager.Forward(x) * x).Sum().Backward();
                eagerOptimizer.Step();
                step.Run(x, x);
                foreach ((string key, Tensor value) in eager.StateDict()) Assert.Equal(Bytes(value), Bytes(compiled.StateDict()[key]));
            }
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    public void GradientsThatTheUpdateComputesGiveTheWeightsOfEagerMode(string rule)
    {
        // The weights' gradients of one sample are outer products. A hook that looks at gradients, here from step 20 on, needs them in
        // memory.
        (Sequential Net, Optimizer Optimizer) Build()
        {
            Sequential net = [new Linear(300, 200), new Relu(), new Linear(200, 3)];
            IUpdateRule update = rule switch { "sgd" => new Sgd(), "nesterov" => new Sgd(0.9) { IsNesterov = true }, _ => new Adam() };
            return (net, new Optimizer(net, update, 0.01));
        }
        ((Sequential eager, Optimizer eagerOptimizer), (Sequential compiled, Optimizer optimizer)) = (Build(), Build());
        CompiledStep step = Compiled.Step(compiled, optimizer, new CrossEntropyLoss().Forward);
        Tensor x = Tensor.Uniform([1, 300], new Rng(1)), target = Tensor.From<long>(2);
        for (int i = 0; i < 30; i++)
        {
            if (i == 20)
            {
                eagerOptimizer.Hooks.Add(new ClipByNorm(0.1));
                optimizer.Hooks.Add(new ClipByNorm(0.1));
            }
            eagerOptimizer.ZeroGrad();
            new CrossEntropyLoss().Forward(eager.Forward(x), target).Backward();
            eagerOptimizer.Step();
            int outerProducts = step.Profile(1, x, target).Count(line => line.Op == "Mul");
            Assert.Equal(i < 20 ? 0 : 2, outerProducts);
        }
        foreach ((string key, Tensor value) in eager.StateDict()) Assert.Equal(Bytes(value), Bytes(compiled.StateDict()[key]));
    }

    [Fact]
    public void DropoutDrawsFreshNumbersAtEveryStep()
    {
        Sequential net = [new Linear(64, 64), new Dropout(0.5)];
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Sgd(), learningRate: 0), new MseLoss());
        Tensor x = Tensor.Ones([1, 64]);
        Tensor Output()
        {
            step.Run(x, x);
            return step.Output().Clone();
        }
        Tensor first = Output(), second = Output();
        Assert.NotEqual(first.ToArray<float>(), second.ToArray<float>());
        net.Noise = new Rng(0, RngStreams.Dropout);
        Assert.Equal(first.ToArray<float>(), net.Forward(x).Detach().ToArray<float>());
        Assert.Equal(second.ToArray<float>(), net.Forward(x).Detach().ToArray<float>());
    }

    [Fact]
    public void ParametersThatMoveElsewhereAreFollowed()
    {
        Sequential net = [new Linear(3, 2)];
        CompiledInference infer = Compiled.Infer(net);
        Tensor x = Tensor.From<float>(1, 2, 3).Reshape(1, 3);
        infer.Run(x);
        net.Initialize(7);
        Assert.Equal(net.Forward(x).Detach().ToArray<float>(), infer.Run(x).ToArray<float>());
    }

    [Fact]
    public void WeightsThatWereNotFiniteAreNamed()
    {
        Sequential net = [new Linear(2, 3), new Linear(3, 1)];
        net[1].Parameters().First().Detach().AsSpan<float>()[2] = float.PositiveInfinity;
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Adam()), new MseLoss().Forward);
        Tensor x = Tensor.Ones([4, 2]), y = Tensor.Zeros([4, 1]);
        Assert.Equal(double.PositiveInfinity, step.Run(x, y));
        Assert.StartsWith(
            "the loss became Infinity, because '1.weight' held Infinity at [0, 2] of float32[1, 3] before the step;",
            step.Explain(x, y)!.Message, StringComparison.Ordinal);
        x[1, 0] = Tensor.Scalar(float.NaN);
        Assert.Contains("the batch's input holds NaN at [1, 0]", step.Explain(x, y)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInfinityThatGoesNowhereIsNotBlamed()
    {
        Tensor mask = Tensor.From<float>(0, 0, float.NegativeInfinity);
        Sequential net = [new Linear(2, 3), new Lambda(x => (x + mask).Softmax(-1)), new Lambda(x => (x * 0).Log())];
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Adam()), new MseLoss().Forward);
        Tensor x = Tensor.Ones([4, 2]), y = Tensor.Zeros([4, 3]);
        step.Run(x, y);
        Assert.Contains(
            "Log(float32[4, 3]) in layer '2 Lambda' made -Infinity at [0, 0]", step.Explain(x, y)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLossItselfMayBeToBlame()
    {
        Sequential net = [new Linear(2, 3)];
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Adam()), (output, _) => output.Square().Sum().Log() / 0);
        Assert.Contains(
            "because DivByScalar(float32[]) made Infinity of float32[] out of",
            step.Explain(Tensor.Ones([4, 2]), Tensor.Zeros([4, 3]))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABatchOfFewerTensorsIsNotReplayedWithThoseOfTheLast()
    {
        Linear net = new(2, 1, bias: false);
        CompiledStep step = Compiled.Step(
            net, new Optimizer(net, new Sgd(), 0), batch =>
            [batch.Count > 1 ? net.Forward(batch[0]).Sum() + 100 * batch[1].Sum() : net.Forward(batch[0]).Sum()]);
        Tensor x = Tensor.Ones([1, 2]);
        double alone = step.Run(x), both = step.Run(x, x);
        Assert.Equal(alone + 200, both, 1e-4);
        Assert.Equal(alone, step.Run(x));
        Assert.Equal(both, step.Run(x, x));
    }

    [Fact]
    public void AReplayedStepAllocatesNothingOfItsOwn()
    {
        (Module net, Optimizer optimizer) = Make("mlp");
        CompiledStep step = Compiled.Step(net, optimizer, batch => Loss("mlp", net, batch));
        Tensor[] batch = Batch("mlp", 0, 16);
        for (int i = 0; i < 50; i++) step.Run(batch);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 50; i++) step.Run(batch);
        }));
    }

    [Fact]
    public void AProfileNamesEveryOpAndTheUpdate()
    {
        (Module net, Optimizer optimizer) = Make("mlp");
        CompiledStep step = Compiled.Step(net, optimizer, batch => Loss("mlp", net, batch));
        IReadOnlyList<ProfileLine> lines = step.Profile(3, Batch("mlp", 0, 16));
        Assert.Equal("Relu(Linear)", lines[0].Op);
        Assert.Equal([16, 128], lines[0].Output!.Value.Shape);
        Assert.True(lines[0].Apart > 0);
        Assert.Equal("0+1", lines[0].Layers);
        Assert.Contains("∂4", lines.Select(line => line.Layers));
        Assert.Equal("", lines[^1].Layers);
        Assert.Equal(1e3 * lines[0].Microseconds / (16 * 128), lines[0].NanosecondsPerElement!.Value, 9);
        Assert.All(lines.Where(line => !line.Op.Contains('(', StringComparison.Ordinal)), line => Assert.Null(line.Apart));
        Assert.Equal("update", lines[^1].Op);
        Assert.Null(lines[^1].NanosecondsPerElement);
        Assert.Equal(1, lines.Sum(line => line.Share), 9);
    }

    [Theory]
    [InlineData(GraphPasses.None)]
    [InlineData(GraphPasses.All & ~GraphPasses.InPlace)]
    public void WeightsDoNotDependOnThePasses(GraphPasses passes)
    {
        (Module all, Optimizer allOptimizer) = Make("lenet-bn");
        (Module some, Optimizer someOptimizer) = Make("lenet-bn");
        CompiledStep first = Compiled.Step(all, allOptimizer, batch => Loss("lenet-bn", all, batch));
        CompiledStep second = Compiled.Step(some, someOptimizer, batch => Loss("lenet-bn", some, batch), passes);
        for (int i = 0; i < 5; i++) Assert.Equal(first.Run(Batch("lenet-bn", i, 16)), second.Run(Batch("lenet-bn", i, 16)));
        foreach ((string key, Tensor value) in all.StateDict()) Assert.Equal(Bytes(value), Bytes(some.StateDict()[key]));
    }

    [Fact]
    public void EagerGradientsAreLeftAlone()
    {
        Sequential net = [new Linear(2, 1)];
        Tensor kept = Tensor.Ones([1, 2]);
        net.Parameters().First().Grad = kept;
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Sgd()), new MseLoss().Forward);
        Assert.Throws<ShapeException>(() => step.Run(Tensor.Ones([1, 3]), Tensor.Ones([1, 1])));
        Assert.Same(kept, net.Parameters().First().Grad);
    }

    private static (Module Net, Optimizer Optimizer) Make(string name)
    {
        Module net = name switch
        {
            "mlp" => ReadyModels.Build("mlp", [20], 10),
            "tied" => new TiedAutoencoder(),
            "residual" => new Sequential(
                Conv(8, 3, stride: 2), new BatchNorm2d(8),
                new Residual([Conv(8, 3), new BatchNorm2d(8), new LeakyRelu(0.1), Conv(8, 3), new BatchNorm2d(8)]), new Relu(),
                new Residual([Conv(20, 3, stride: 2), new BatchNorm2d(20)], new Sequential(Conv(20, 1, stride: 2), new BatchNorm2d(20))),
                new Tanh(), new GlobalAvgPool(), new Linear(20, 10)),
            "depthwise" => new Sequential(
                Conv(20, 3, stride: 2), new BatchNorm2d(20), new HardTanh(0, 6), Conv(20, 3, groups: 20), new BatchNorm2d(20),
                new HardTanh(0, 6), Conv(37, 1), new BatchNorm2d(37), new Relu(slopeAtZero: 1), new GlobalAvgPool(), new Linear(37, 10)),
            _ => ReadyModels.Build(name, [1, 28, 28], 10),
        };
        return (net, new Optimizer(net, name == "lenet" ? new Sgd(0.9) { IsNesterov = true } : new Adam(), 0.01));
    }

    private static Conv2d Conv(int channels, int kernel, int stride = 1, int groups = 1) =>
        new(null, channels, (kernel, kernel), ConvWindow.Square(stride, pad: kernel / 2, groups: groups), bias: false);

    private static Tensor[] Batch(string name, int i, int size)
    {
        Rng rng = new((ulong)i);
        Tensor x = Tensor.Uniform(name is "mlp" or "tied" ? [size, 20] : [size, 1, 28, 28], rng);
        return [x, Tensor.From<long>([.. Enumerable.Range(0, size).Select(k => (long)((k * 7 + i * 3) % 10))], [size])];
    }

    private static IReadOnlyList<Tensor> Loss(string name, Module net, IReadOnlyList<Tensor> batch)
    {
        Tensor output = net.Forward(batch[0]);
        return [name == "tied" ? new MseLoss().Forward(output, batch[0]) : new CrossEntropyLoss().Forward(output, batch[1]), output];
    }

    /// <summary>A tensor of float32 or int64 bit by bit.</summary>
    internal static byte[] Bytes(Tensor tensor) => tensor.DType == DType.Int64
        ? [.. tensor.Detach().ToArray<long>().SelectMany(BitConverter.GetBytes)]
        : [.. tensor.Detach().ToArray<float>().SelectMany(BitConverter.GetBytes)];

    /// <summary>x → tanh(x Wᵀ) → h W: the decoder has the encoder's weights, transposed.</summary>
    private sealed class TiedAutoencoder : Module
    {
        private readonly Linear _encoder;

        public TiedAutoencoder() => Child(_encoder = new Linear(20, 8));

        protected override Tensor OnForward(Tensor x) => _encoder.Forward(x).Tanh().MatMul(_encoder.Weight);
    }

    /// <summary>Parameters whose gradients are made of each other.</summary>
    private sealed class Entangled : Module
    {
        private readonly Parameter _c, _d, _e;
        private readonly string _kind;

        public Entangled(string kind, int size)
        {
            _kind = kind;
            Register(_c = new Parameter(Tensor.Uniform([size, size], new Rng(1), -1, 1)));
            Register(_d = new Parameter(Tensor.Uniform(kind == "row" ? [1] : [size, size], new Rng(2), -1, 1)));
            Register(_e = new Parameter(Tensor.Uniform([size, size], new Rng(3), -1, 1)));
        }

        protected override Tensor OnForward(Tensor x) => _kind switch
        {
            "row" => x * _e + _c * _d,
            "product" => _c * _d * x + _e,
            "sum" => (_c * _d).Sum() + (_d * _e).Sum() + x.Sum(),
            "same" => _c.Reshape(-1).Sum() * 0 + (_c + 0 * _e) * _d,
            "turned" => _c * _c.Permute(1, 0) * x + _d * _e,
            _ => _c * x * _c + _c.Permute(1, 0) * _d.Permute(1, 0) * _e,
        };
    }

    private sealed class Careless(bool isRegistered) : Module
    {
        private readonly List<Linear> _layers = [new(3, 4), new(4, 1)];

        public Linear Second => _layers[1];

        public Careless Ready()
        {
            Child(_layers[0], "first");
            if (isRegistered) Child(_layers[1], "second");
            return this;
        }

        protected override Tensor OnForward(Tensor x) => _layers.Aggregate(x, (y, layer) => layer.Forward(y));
    }

    /// <summary>Layers in a plain list would be used and never trained, without a sign.</summary>
    [Fact]
    public void ALayerThatIsNotRegisteredIsRefused()
    {
        Tensor x = Tensor.Normal([5, 3], new Rng(1)), t = Tensor.Normal([5, 1], new Rng(2));
        CompiledStep Step(Careless model) => Compiled.Step(model, new Optimizer(model, new Sgd(), 0.1), new MseLoss().Forward);
        Careless lost = new Careless(isRegistered: false).Ready();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Step(lost).Run(x, t));
        Assert.Contains("Linear(4 → 1)", error.Message, StringComparison.Ordinal);
        Assert.Contains("float32[1, 4] that Careless has not registered", error.Message, StringComparison.Ordinal);
        lost.Second.Freeze();
        Step(lost).Run(x, t);
        Step(new Careless(isRegistered: true).Ready()).Run(x, t);
        // What the loss calls beside the model is another model's business.
        Linear model = new(3, 1), other = new(3, 1);
        Compiled.Step(model, new Optimizer(model, new Sgd(), 0.1), arguments =>
            [(model.Forward(arguments[0]) - other.Forward(arguments[0])).Square().Mean()]).Run(x);
    }
}
