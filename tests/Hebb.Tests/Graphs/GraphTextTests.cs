using Hebb.Layers;

namespace Hebb.Tests.Graphs;

public class GraphTextTests
{
    [Fact]
    public void EveryNodeIsALineWithNumberedValues()
    {
        Parameter weight = new(Tensor.Ones([2, 3])), bias = new(Tensor.Ones([2]));
        Graph graph = Graph.Trace(x =>
        {
            Tensor loss = x.Linear(weight, bias).Tanh().Sum() * 0.5;
            return Gradient.Of(loss, bias);
        }, new TensorSpec(DType.Float32, [4, 3]));
        string text = graph.ToText(new Dictionary<Tensor, string> { [weight] = "weight", [bias] = "bias", [graph.Results[0]] = "slope" });
        string[] lines = text.Split('\n');
        Assert.Equal("argument x float32[4, 3]", lines[0]);
        Assert.Equal("%0 float32[4, 2] = Linear(x, weight:float32[2, 3], bias:float32[2])", lines[1]);
        Assert.Equal("%1 float32[4, 2] = Tanh(%0)", lines[2]);
        Assert.Equal("%2 float32[] = Sum(%1) { Axes = [0, 1], KeepAxes = False }", lines[3]);
        Assert.Equal("%3 float32[] = MulScalar(%2) { Constant = 0.5 }", lines[4]);
        Assert.Contains(
            lines, line => line.Contains(" = view BroadcastTo(", StringComparison.Ordinal)
            && line.EndsWith("  ; gradient of %2 Sum", StringComparison.Ordinal));
        Assert.Matches(@"^result slope = %\d+$", lines[^2]);
        Assert.Equal(1 + graph.Nodes.Count + 1 + 1, lines.Length);
    }

    [Fact]
    public void SeveralResultsAndUnnamedTensorsAreTold()
    {
        Tensor table = Tensor.Ones([3]);
        Graph graph = Graph.Trace(
            arguments =>
            [arguments[0] + table, arguments[1] - table], new TensorSpec(DType.Float32, [3]), new TensorSpec(DType.Float32, [3]));
        Assert.Equal(
            """
            argument x0 float32[3]
            argument x1 float32[3]
            %0 float32[3] = Add(x0, outside0:float32[3])
            %1 float32[3] = Sub(x1, outside0)
            result 0 = %0
            result 1 = %1

            """.ReplaceLineEndings("\n"), graph.ToText());
    }

    [Fact]
    public void ADetachedValueKeepsItsNumber() =>
        Assert.Contains(
            "%1 float32[3] = Neg(%0)", Graph.Trace(x => -x.Tanh().Detach(), new TensorSpec(DType.Float32, [3])).ToText(),
            StringComparison.Ordinal);
}
