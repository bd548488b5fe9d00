using Hebb.Data;
using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;

namespace Hebb.Tests.Diagnostics;

/// <summary>What the doctor says of the last layers, of the loss behind them, and of layers in a row.</summary>
public class DoctorEndsTests
{
    private static readonly Dictionary<string, Func<Module>> Ends = new(StringComparer.Ordinal)
    {
        ["scores"] = () => new Identity(),
        ["softmax"] = () => new Softmax(),
        ["log-softmax"] = () => new LogSoftmax(),
        ["sigmoid"] = () => new Sigmoid(),
        ["hard-sigmoid"] = () => new HardSigmoid(),
        ["log-sigmoid"] = () => new LogSigmoid(),
        ["tanh"] = () => new Tanh(),
        ["atan"] = () => new Atan(),
        ["softsign"] = () => new Softsign(),
        ["hard-tanh"] = () => new HardTanh(),
        ["relu"] = () => new Relu(),
        ["softplus"] = () => new Softplus(),
        ["elu"] = () => new Elu(),
        ["selu"] = () => new Selu(),
        ["gelu"] = () => new Gelu(),
        ["silu"] = () => new Silu(),
        ["mish"] = () => new Mish(),
        ["hard-swish"] = () => new HardSwish(),
        ["leaky-relu"] = () => new LeakyRelu(),
        ["prelu"] = () => new PRelu(),
    };

    private static Sequential Net(params Module[] end) => [new Linear(4, 8), new Relu(), new Linear(8, 3), .. end];

    private static string[] Places(Module net, Loss? loss = null, TensorSpec? input = null, Tensor? target = null) =>
        [.. Doctor.Examine(net, loss, input, target).Select(finding => finding.Layer)];

    [Theory]
    [InlineData("cross-entropy", "scores leaky-relu prelu")]
    [InlineData("focal", "scores leaky-relu prelu")]
    [InlineData("bce-logits", "scores leaky-relu prelu")]
    [InlineData("hinge", "scores leaky-relu prelu tanh atan softsign hard-tanh")]
    [InlineData("nll", "log-softmax log-sigmoid")]
    [InlineData("kl", "log-softmax log-sigmoid")]
    [InlineData("bce", "sigmoid hard-sigmoid softmax")]
    public void AnEndThatDoesNotSuitTheLossIsFoundAndNoOther(string loss, string good)
    {
        string[] healthy = good.Split(' ');
        foreach ((string name, Func<Module> end) in Ends)
        {
            string place = name == "scores" ? "2" : "3";
            Assert.Equal(healthy.Contains(name) ? [] : [place], Places(Net(end()), ReadyLosses.Make(loss)));
        }
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("l1")]
    [InlineData("huber")]
    public void OutputsThatCannotReachTheTargetsAreFound(string loss)
    {
        Loss criterion = ReadyLosses.Make(loss);
        Tensor signed = Tensor.From(new float[,] { { -2, 0, 2 } }), unit = Tensor.From(new float[,] { { 0, 0.5f, 1 } });
        foreach (string name in (string[])["sigmoid", "tanh", "relu", "softplus", "softmax", "elu", "hard-tanh"])
            Assert.Equal(["3"], Places(Net(Ends[name]()), criterion, target: signed));
        foreach (string name in (string[])["scores", "leaky-relu"]) Assert.Empty(Places(Net(Ends[name]()), criterion, target: signed));
        foreach (string name in (string[])["sigmoid", "tanh", "relu", "softplus", "softmax"])
            Assert.Empty(Places(Net(Ends[name]()), criterion, target: unit));
        // Without targets nobody knows, except that a unit which is 0 everywhere stays so.
        Assert.Equal(["3"], Places(Net(new Relu()), criterion));
        foreach (string name in (string[])["sigmoid", "tanh", "softplus", "softmax"]) Assert.Empty(Places(Net(Ends[name]()), criterion));
        Assert.Contains("from 0 to 1, but the targets go from -2 to 2",
            Assert.Single(Doctor.Examine(Net(new Sigmoid()), criterion, target: signed)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void TheAdviceNamesTheLayerAndWhatToDo()
    {
        Finding found = Assert.Single(Doctor.Examine(Net(new Softmax()), new CrossEntropyLoss()));
        Assert.Equal("3: CrossEntropyLoss takes raw scores and does the softmax itself, so that Softmax before it does it twice and "
            + "flattens the gradients; leave Softmax out while training, and apply Softmax to what the trained model gives.",
            found.ToString());
        found = Assert.Single(Doctor.Examine(Net(new Identity()), new NllLoss()));
        Assert.Equal("2: NllLoss takes log-probabilities, but the model ends with Linear(8 → 3); "
            + "end with LogSoftmax, or train by CrossEntropyLoss without it.", found.ToString());
    }

    [Fact]
    public void TheEndIsFoundInNestedChainsAndBehindLayouts()
    {
        Sequential head = [new Linear(8, 3), new Softmax()];
        Assert.Equal(["1.1"], Places(new Sequential(new Linear(4, 8), head), new CrossEntropyLoss()));
        Assert.Equal(["3"], Places(Net(new Softmax(), new Identity()), new CrossEntropyLoss()));
        Sequential pixels = [new Conv2d(1, 3, 3), new Softmax(), new GlobalAvgPool()];
        Assert.Equal(["1"], Places(pixels, new CrossEntropyLoss()));
        SequenceLoss sequence = new(new CrossEntropyLoss { Reduction = Reduction.None });
        Assert.Equal(["3"], Places(Net(new Softmax()), sequence));
    }

    [Fact]
    public void TheEndOfAModelOfOnesOwnIsFoundInItsRecording()
    {
        TensorSpec batch = new(DType.Float32, [2, 4]);
        foreach ((string name, Func<Tensor, Tensor> end) in new (string, Func<Tensor, Tensor>)[]
        {
            ("softmax", x => x.Softmax(1)), ("log-softmax", x => x.LogSoftmax(1)), ("sigmoid", x => x.Sigmoid()), ("relu", x => x.Relu()),
            ("softmax", x => x.Softmax(1).Reshape(-1, 3)),
        })
        {
            Module net = new OwnEnd(end);
            Assert.Empty(Doctor.Examine(net, new CrossEntropyLoss()));
            Assert.Equal(["OwnEnd"], Places(net, new CrossEntropyLoss(), batch));
            Assert.Equal(name == "log-softmax" ? [] : ["OwnEnd"], Places(net, new NllLoss(), batch));
            Assert.Equal(["1"], Places(Net0(new Lambda(end)), new CrossEntropyLoss(), batch));
        }
        Assert.Empty(Doctor.Examine(new OwnEnd(x => x), new CrossEntropyLoss(), batch));
        Assert.Empty(Doctor.Examine(new OwnEnd(x => x * 2), new CrossEntropyLoss(), batch));
        Assert.Equal(["layer"], Places(new OwnEnd(x => x), new NllLoss(), batch));

        static Sequential Net0(Module end) => [new Linear(4, 3), end];
    }

    [Fact]
    public void OneScoreForClassesIsFound()
    {
        Sequential one = [new Linear(4, 8), new Relu(), new Linear(8, 1)];
        foreach (Loss loss in (Loss[])[new CrossEntropyLoss(), new FocalLoss(), new HingeLoss(), new NllLoss()])
        {
            Finding found = Assert.Single(Doctor.Examine(one, loss));
            Assert.Equal("2", found.Layer);
            Assert.Contains("one score", found.Advice, StringComparison.Ordinal);
        }
        Assert.Empty(Doctor.Examine(one, new BceWithLogitsLoss()));
        Assert.Empty(Doctor.Examine(one, new MseLoss()));
        Assert.Equal(["0"], Places(new Sequential(new Conv2d(1, 1, 3), new GlobalAvgPool()), new CrossEntropyLoss()));
        // A filter over many places gives a score for each place.
        Assert.Empty(Doctor.Examine(new Sequential(new Conv2d(1, 1, 3), new Flatten()), new CrossEntropyLoss()));
        Assert.Equal(["layer"], Places(new OwnEnd(x => x, outputs: 1), new CrossEntropyLoss(), new TensorSpec(DType.Float32, [2, 4])));
    }

    [Fact]
    public void NoiseBehindTheLastLayerIsFoundWithAnyLossOrNone()
    {
        foreach (Loss? loss in (Loss?[])[null, new CrossEntropyLoss(), new MseLoss(), new L1Loss()])
        {
            Assert.Equal(["3"], Places(Net(new Dropout()), loss));
            Assert.Equal(["3"], Places(Net(new GaussianNoise()), loss));
            Assert.Equal(["3"], Places(Net(new Dropout(), new Flatten()), loss));
        }
        Assert.Equal(["3"], Places(Net(new Dropout(), new LogSoftmax()), new NllLoss()));
        Sequential hidden = [new Linear(4, 8), new Relu(), new Dropout(), new Linear(8, 3)];
        Assert.Empty(Doctor.Examine(hidden, new CrossEntropyLoss()));
        Assert.Empty(Doctor.Examine(hidden));
    }

    [Fact]
    public void BatchNormBehindTheLastLayerIsFound()
    {
        Assert.Equal(["3"], Places(Net(new BatchNorm1d(3))));
        Assert.Equal(["3"], Places(Net(new BatchNorm1d(3)), new MseLoss()));
        Assert.Equal(["3"], Places(Net(new BatchNorm1d(3)), new CrossEntropyLoss()));
        Assert.Equal(["3"], Places(Net(new BatchNorm1d(3), new Sigmoid()), new BceLoss()));
        Sequential hidden = [new Linear(4, 8, bias: false), new BatchNorm1d(8), new Relu(), new Linear(8, 3)];
        Assert.Empty(Doctor.Examine(hidden, new CrossEntropyLoss()));
        // A part of a network, which goes on behind its activation.
        Assert.Empty(Doctor.Examine(new Sequential(new Conv2d(1, 8, 3), new BatchNorm2d(8), new Relu())));
        Assert.Empty(Doctor.Examine(new BatchNorm1d(3)));
    }

    [Fact]
    public void TwoNonlinearLayersInARowAreFound()
    {
        Sequential net =
        [
            new Linear(4, 8), new Relu(), new Relu(), new Linear(8, 8), new Tanh(), new Dropout(), new Sigmoid(), new Linear(8, 3),
        ];
        Assert.Equal(["2", "6"], Places(net));
        Assert.Contains("Relu (layer 1)", Doctor.Examine(net)[0].Advice, StringComparison.Ordinal);
        Sequential front = [new Linear(4, 4), new Relu()], back = [new Gelu(), new Linear(4, 3)];
        Assert.Equal(["1.0"], Places(new Sequential(front, back)));
        Assert.Equal(["0.body.2"], Places(new Sequential(
            new Residual([new Linear(4, 4), new Relu(), new Tanh(), new Linear(4, 4)]), new Linear(4, 3))));
        // Clips, steps, and what stands on both sides of a layer or a pooling.
        Assert.Empty(Doctor.Examine(new Sequential(new Linear(4, 8), new Relu(), new HardTanh(0, 6), new Linear(8, 3))));
        Assert.Empty(Doctor.Examine(new Sequential(new Linear(4, 8), new Relu(), new LayerNorm(8), new Relu(), new Linear(8, 3))));
        Residual block = new([new Relu(), new Linear(8, 8)]);
        Assert.Empty(Doctor.Examine(new Sequential(new Linear(4, 8), block, new Relu(), new Linear(8, 3))));
    }

    [Fact]
    public void BiasesRightBeforeBatchNormAreHints()
    {
        Sequential net =
        [
            new Conv2d(1, 4, 3), new BatchNorm2d(4), new Relu(), new Conv2d(4, 4, 3, bias: false), new BatchNorm2d(4), new Relu(),
            new Flatten(), new Linear(4, 3),
        ];
        Finding hint = Assert.Single(Doctor.Hints(net));
        Assert.Equal("0", hint.Layer);
        Assert.Contains("bias: false", hint.Advice, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(net, new CrossEntropyLoss()));
        Assert.Empty(Doctor.Hints(Net()));
    }

    [Fact]
    public void RecipesOfAllDataSetsAreInGoodHealth()
    {
        foreach (DataEntry entry in DataCatalog.Entries.Where(entry => entry.Files.Count == 0))
        {
            DataBundle data = DataCatalog.Load(entry.Name);
            Module model = ReadyModels.Build(Recipe.For(data).Model, data);
            Loss loss = data.Target.IsClass ? new CrossEntropyLoss() : new MseLoss();
            Batch batch = new DataLoader(data.Train, 32).Epoch(0).First();
            Assert.Empty(Doctor.Examine(model, loss, batch.Input.Spec, batch.Target));
        }
    }

    /// <summary>A layer, and what is done to its outputs in code.</summary>
    private sealed class OwnEnd : Module
    {
        private readonly Linear _layer;
        private readonly Func<Tensor, Tensor> _end;

        public OwnEnd(Func<Tensor, Tensor> end, int outputs = 3) => (_layer, _end) = (Child(new Linear(4, outputs), "layer"), end);

        protected override Tensor OnForward(Tensor x) => _end(_layer.Forward(x));
    }
}
