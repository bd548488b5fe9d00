using Hebb.Data;
using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Layers;

/// <summary>Errors inside networks name the layer by its place, once.</summary>
public class FailedLayerTests
{
    private sealed class Twice : Module
    {
        private readonly Linear _first;

        public Twice() => Child(_first = new Linear(3, 3));

        protected override Tensor OnForward(Tensor x) => _first.Forward(x) + x.Reshape(7);
    }

    private sealed class Nothing : Module
    {
        protected override Tensor OnForward(Tensor x) => null!;
    }

    private sealed class Two : Module
    {
        private readonly Linear _left, _right;

        public Two()
        {
            Child(_left = new Linear(3, 2));
            Child(_right = new Linear(4, 2));
        }

        protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) =>
            [_left.Forward(inputs[0].Values) + _right.Forward(inputs[1].Values)];
    }

    private static Sequential Net() => [new Linear(3, 3), new Residual([new Relu(), new Sequential(new Linear(4, 3))]), new Linear(3, 1)];

    public static TheoryData<string> Ways => ["forward", "masked", "infer", "summary", "graph", "compiled", "step", "fit"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void TheLayerIsNamedOnceByItsPlace(string way)
    {
        Sequential net = Net();
        Tensor x = Tensor.Ones([2, 3]);
        Optimizer optimizer = new(net, new Sgd());
        DataLoader loader = new(VectorDataset.OfValues([3], [1, 2, 3, 4, 5, 6], [1, 2], "y"), 2);
        ShapeException error = Assert.Throws<ShapeException>(() => _ = way switch
        {
            "forward" => net.Forward(x),
            "masked" => net.Forward(new MaskedTensor(x)).Values,
            "infer" => (object)net.Infer(x.Spec),
            "summary" => ModelSummary.Of(net, [3], 2),
            "graph" => ModelGraph.OfTraining(net, new MseLoss(), x.Spec),
            "compiled" => Compiled.Infer(net).Run(x),
            "step" => Compiled.Step(net, optimizer, new MseLoss()).Run(x, Tensor.Ones([2, 1])),
            _ => Trainer.Fit(net, TrainingTask.Regression, optimizer, loader, null, new TrainingOptions()),
        });
        Assert.StartsWith("In layer '1.body.1.0', Linear(4 → 3) got an input float32[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Message.Split("layer '").Length);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpOfALayerOfYoursNamesTheLayer()
    {
        Tensor x = Tensor.Ones([2, 3]);
        string inside = Assert.Throws<ShapeException>(() => new Sequential(new Relu(), new Twice()).Forward(x)).Message;
        Assert.StartsWith("In layer '1' (Twice): Reshape gives float32[2, 3]", inside, StringComparison.Ordinal);
        Assert.StartsWith(
            "In Twice: Reshape", Assert.Throws<ShapeException>(() => new Twice().Forward(x)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Linear(3", Assert.Throws<ShapeException>(() => new Linear(3, 3).Forward(Tensor.Ones([2, 4]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerThatReturnsNothingIsNamed()
    {
        Tensor x = Tensor.Ones([2, 3]);
        foreach (Module net in (Module[])[new Nothing(), new Sequential(new Nothing()), new Lambda(_ => null!, "mine")])
        {
            Assert.Contains("returned null from OnForward", Assert.Throws<InvalidOperationException>(() => net.Forward(x)).Message,
                StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => net.Forward(new MaskedTensor(x)));
        }
        Assert.Throws<ArgumentNullException>(() => new Relu().Forward((Tensor)null!));
    }

    [Fact]
    public void AModelOfTwoInputsIsSummedUp()
    {
        Two net = new();
        TensorSpec left = new(DType.Float32, [5, 3]), right = new(DType.Float32, [5, 4]);
        ModelSummary summary = ModelSummary.Of(net, [left, right]);
        Assert.Equal(3 * 2 + 2 + 4 * 2 + 2, summary.Parameters);
        Assert.Equal(["left", "right", ""], summary.Layers.Select(layer => layer.Name));
        Assert.Contains("input 1", ModelGraph.OfForward(net, [left, right]).Names.Values);
        Assert.Contains(
            "give it all inputs", Assert.Throws<ArgumentException>(() => ModelSummary.Of(net, left)).Message, StringComparison.Ordinal);
    }
}
