using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

namespace Hebb.Tests.Diagnostics;

public class ModelGraphTests
{
    private static readonly TensorSpec Input = new(DType.Float32, [4, 3]);

    [Fact]
    public void AForwardPassIsNamedAndRecordedWithoutNoise()
    {
        Sequential net = [new Linear(3, 2), new Dropout(0.5)];
        ModelGraph recorded = ModelGraph.OfForward(net, Input);
        Assert.True(net.IsTraining);
        Assert.Equal(
            "argument input float32[4, 3]\n%0 float32[4, 2] = Linear(input, 0.weight:float32[2, 3], 0.bias:float32[2])\nresult output = "
                + "%0\n",
            recorded.Graph.ToText(recorded.Names));
    }

    [Fact]
    public void ATrainingStepHasTheGradientsOfWhatLearns()
    {
        Sequential net = [new Linear(3, 2), new Linear(2, 1)];
        net.Children[0].Value.Freeze();
        net.Eval();
        ModelGraph recorded = ModelGraph.OfTraining(net, new MseLoss().Forward, Input, new TensorSpec(DType.Float32, [4, 1]));
        Assert.False(net.IsTraining);
        Assert.All(net.Parameters(), parameter => Assert.Null(parameter.Grad));
        Assert.Equal(["loss", "∂loss/∂1.weight", "∂loss/∂1.bias"], recorded.Graph.Results.Select(result => recorded.Names[result]));
    }

    [Fact]
    public void ATrainingStepEndsWithTheUpdateOfItsOptimizer()
    {
        Sequential net = [new Linear(3, 2)];
        Optimizer optimizer = new(net, new Sgd(0.9)) { Hooks = { new ClipByNorm(1), new WeightDecay(0.5), new MaxNorm(3) } };
        float[] before = net.Parameters().First().Detach().ToArray<float>();
        ModelGraph recorded = ModelGraph.OfTraining(net, new MseLoss(), Input, optimizer);
        Assert.Equal(before, net.Parameters().First().Detach().ToArray<float>());
        Assert.Empty(optimizer.StateDict());
        string text = recorded.Graph.ToText(recorded.Names);
        Assert.Equal(
            ["ClipByNorm", "Update by Sgd", "Update by Sgd", "MaxNorm"],
            recorded.Graph.Nodes.Where(node => node.Outputs.Count == 0).Select(node => node.Op.Name));
        Assert.Contains("Update by Sgd(0.weight, 0.weight.momentum_buffer:float32[2, 3], %", text, StringComparison.Ordinal);
        Assert.Contains(", WeightDecay { Form = Coupled, Strength = 0.5", text, StringComparison.Ordinal);
        Assert.Contains(") { ClipByNorm { Limit = 1 } }", text, StringComparison.Ordinal);
        GraphDrawing drawing = recorded.Graph.Draw(recorded.Names);
        GraphBox update = drawing.Boxes.First(box => box.Title == "Update by Sgd");
        Assert.Equal(GraphBoxKind.Effect, update.Kind);
        Assert.Contains("Update by Sgd", recorded.Graph.ToDot(recorded.Names), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOpKnowsItsLayer()
    {
        Sequential net = [new Linear(3, 2), new Sequential(new Tanh(), new Linear(2, 5))];
        Graph graph = ModelGraph.OfTraining(net, new CrossEntropyLoss(), Input).Graph;
        Assert.Equal(
            ["layer '0 Linear(3 → 2)'", "layer '1.0 Tanh'", "layer '1.1 Linear(2 → 5)'", null],
            graph.Nodes.Where(node => graph.GradientOf(node) is null).Select(graph.LayerOf).Take(4));
        Assert.Equal("layer '0 Linear(3 → 2)'", graph.LayerOf(graph.Nodes[^1]));
        Assert.Contains("tooltip=\"Tanh(float32[4, 2]) in layer '1.0 Tanh'\"", graph.ToDot(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheLossSaysWhichTargetsItWants()
    {
        Sequential net = [new Linear(5)];
        Assert.Equal(new TensorSpec(DType.Int64, [4]), ModelGraph.OfTraining(net, new CrossEntropyLoss(), Input).Graph.Arguments[1].Spec);
        Assert.Equal(new TensorSpec(DType.Float32, [4, 5]), ModelGraph.OfTraining(net, new HuberLoss(), Input).Graph.Arguments[1].Spec);
        Assert.Throws<ShapeException>(() => ModelGraph.OfTraining(net, new CrossEntropyLoss(), new TensorSpec(DType.Float32, [3])));
    }
}
