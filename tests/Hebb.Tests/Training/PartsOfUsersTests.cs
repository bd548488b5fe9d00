using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training;

/// <summary>Parts of users that return nothing, or something else than was asked for, are named in a sentence.</summary>
public class PartsOfUsersTests
{
    private sealed class NoLoss : Loss
    {
        protected internal override LossElements Elements(Tensor output, Tensor target) => new(null!);
    }

    private sealed class FewCounts : Loss
    {
        protected internal override LossElements Elements(Tensor output, Tensor target) => new(output, Tensor.Ones([1]));
    }

    private sealed class NoFields(int count) : IDataset
    {
        public int Count => count;

        public IReadOnlyList<Field> Fields => count < 0 ? [Field.Input([])] : [];

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into) { }
    }

    private readonly record struct NoKernel(bool GivesNull) : IOp
    {
        public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0];

        public Kernel Bind(ref OpCall call) => GivesNull ? (in values) => values.Output<float>(0).Clear() : null!;

        public void Grad(GradientFlow flow) => flow.Give(0, null!);
    }

    private sealed class OddRule(IReadOnlyList<string> names) : IUpdateRule
    {
        public double DefaultLearningRate => 1;

        public IReadOnlyList<string> StateNames => names;

        public void Apply(in UpdateStep step) { }
    }

    private sealed class OddTokenizer(IEnumerable<string> tokens) : ITokenizer
    {
        public string Name => "odd";

        public IEnumerable<string> Split(string text) => tokens;
    }

    private sealed class OddSampler(int count, int sample) : ISampler
    {
        public int Count => count;

        public void Fill(int epoch, Span<int> order) => order.Fill(sample);
    }

    private sealed class OddLayer(Module other, Tensor drawn) : Module, IInitializer
    {
        protected override Tensor OnForward(Tensor x) => drawn;

        protected internal override Module New() => other;

        public Tensor Draw(Shape shape, DType dtype, Rng rng) => drawn;
    }

    [Fact]
    public void WhatReturnsNothingIsNamed()
    {
        Tensor x = Tensor.Ones([2, 1]);
        Linear net = new(1, 1);
        Optimizer optimizer = new(net, new Sgd());
        DataLoader loader = new(VectorDataset.OfValues([1], [1, 2], [1, 2], "y"), 2);
        (string Named, Action Act)[] cases =
        [
            ("NoLoss.Elements returned null", () => new NoLoss().Forward(x, x)),
            ("FewCounts.Elements returned counts float32[1]", () => new FewCounts().Forward(x, x)),
            ("NoFields.Fields is empty", () => _ = new DataLoader(new NoFields(0), 1)),
            ("NoFields.Count is -1", () => _ = new DataLoader(new NoFields(-1), 1)),
            ("NoKernel cannot run, since its Bind gave no kernel", () => x.Apply(new NoKernel())),
            ("NoKernel cannot run, since operand 1 is null", () => x.Apply(new NoKernel(), (Tensor)null!)),
            ("NoKernel gave null for operand 0", () => Gradient.Of(Tensor.Ones([1]).Track() is var leaf
                ? leaf.Apply(new NoKernel(true)) : leaf, leaf)),
            ("A loss function returned null", () => Fit(new TrainingTask((Tensor _, Tensor _) => null!, () => new RSquared()))),
            ("A loss function returned float32[2, 1]", () => Fit(new TrainingTask((output, _) => output, () => new RSquared()))),
            ("loss function of a task returned null",
                () => Fit(new TrainingTask((IReadOnlyList<MaskedTensor> _, Batch _) => null!, () => new RSquared()))),
            ("The score of a task returned null", () => Fit(new TrainingTask(new MseLoss(), () => null!))),
            ("A callback of a training is null", () => Fit(TrainingTask.Regression, new TrainingOptions { Callbacks = [null!] })),
            ("returned null or nothing", () => Compiled.Step(net, optimizer, _ => (IReadOnlyList<Tensor>)[]).Run(x)),
            ("OddRule.StateNames returned null", () => _ = new Optimizer(net, new OddRule(null!))),
            ("names the states 'a', ''", () => _ = new Optimizer(net, new OddRule(["a", null!]))),
            ("names the states 'a', 'a'", () => _ = new Optimizer(net, new OddRule(["a", "a"]))),
            ("A hook of an optimizer is null", () => Hooked([null!], []).Step()),
            ("A hook of a group of parameters is null", () => Hooked([], [null!]).Step()),
            ("A group of parameters is null", () => _ = new Optimizer([null!], new Sgd())),
            ("The parameter 'w' of a group", () => _ = new ParameterGroup([("w", null!)])),
            ("OddTokenizer.Split returned null", () => FitTexts(new OddTokenizer(null!))),
            ("OddTokenizer.Split for a token returned null", () => FitTexts(new OddTokenizer([null!]))),
            ("OddTokenizer.Split returned null",
                () => new TextEncoding(new OddTokenizer(null!), new Vocabulary(["a"], true), 1).Encode(["a"])),
            ("OddSampler.Count is -1", () => Loader(new DataLoaderOptions { Sampler = new OddSampler(-1, 0) })),
            ("OddSampler.Fill wrote the sample 2 of a data set of 2",
                () => Loader(new DataLoaderOptions { Sampler = new OddSampler(1, 2) })),
            ("OddSampler.Fill wrote the sample -1", () => Loader(new DataLoaderOptions { Sampler = new OddSampler(1, -1) })),
            ("An augmentation is null", () => Loader(new DataLoaderOptions { Augmentations = [null!] })),
            ("OddLayer.New returned null", () => new OddLayer(null!, x).Clone()),
            ("OddLayer.New made a Relu", () => new OddLayer(new Relu(), x).Clone()),
            ("OddLayer returned null from OnForward", () => new OddLayer(net, null!).Forward(x)),
            ("Lambda returned null from OnForward", () => new Lambda(_ => null!).Forward(x)),
            ("returned null from OnForward", () => new WindowPool2d(PoolWindow.Square(2), _ => null!).Forward(Tensor.Ones([1, 1, 2, 2]))),
            ("OddLayer.Draw returned null", () => _ = new Linear(1, 1, start: new OddLayer(net, null!))),
            ("OddLayer.Draw made float32[2, 1] where float32[3, 1] was asked for", () => _ = new Linear(1, 3, start: new OddLayer(net, x))),
            ("OddLayer.Draw returned null", () => _ = new ShapedLinear([1], [1], start: new OddLayer(net, null!))),
            ("A function whose derivatives were asked for returned null", () => Jacobian.Of(_ => null!, x)),
            ("A function that was traced returned null", () => Graph.Trace((Func<Tensor, Tensor>)(_ => null!), x.Spec)),
            ("An activation that was examined returned null", () => Hebb.Diagnostics.ActivationReport.Of(_ => null!)),
            ("The reader of 'a.x' returned null", () => ImageFormats.BuiltIn.With(_ => null!, ".x").Read("a.x")),
            ("the model gives 1", () => Fit(new TrainingTask(new MseLoss(), () => new OutputMetric(new RSquared(), 3, "y")))),
        ];
        foreach ((string named, Action act) in cases)
        {
            Exception error = Assert.ThrowsAny<Exception>(act);
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        Optimizer Hooked(IUpdateHook[] hooks, IUpdateHook[] groupHooks)
        {
            ParameterGroup group = new(net.NamedParameters());
            group.Hooks.AddRange(groupHooks);
            Optimizer made = new([group], new Sgd());
            made.Hooks.AddRange(hooks);
            return made;
        }

        void FitTexts(ITokenizer tokenizer) => TextEncoding.Fit(["a"], [0], new TextOptions { Tokenizer = tokenizer });

        void Loader(DataLoaderOptions options) => _ = new DataLoader(loader.Data, 1, options).Epoch(0).First();

        void Fit(TrainingTask task, TrainingOptions? options = null) =>
            Trainer.Fit(net, task, optimizer, loader, null, options ?? new TrainingOptions { Epochs = 1 });
    }
}
