namespace Hebb.Tests.Graphs;

public class GraphDotTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a \"b\"", "a \\\"b\\\"")]
    [InlineData("c\\d", "c\\\\d")]
    [InlineData("e\r\nf", "e\\nf")]
    public void TextIsEscaped(string text, string escaped) => Assert.Equal(escaped, GraphDot.Escape(text));

    [Fact]
    public void NodesAndOrderedOperandsAreWritten()
    {
        Graph graph = Graph.Trace(x => x / x.Exp(), new TensorSpec(DType.Float32, [3]));
        string dot = graph.ToDot(new Dictionary<Tensor, string> { [graph.Arguments[0]] = "the \"x\"" });
        Assert.StartsWith("digraph {\n", dot, StringComparison.Ordinal);
        Assert.EndsWith("}\n", dot, StringComparison.Ordinal);
        Assert.Contains("n0 [label=\"the \\\"x\\\"\\nfloat32[3]\"", dot, StringComparison.Ordinal);
        Assert.Contains("n0 -> n2 [headlabel=\"1\"]", dot, StringComparison.Ordinal);
        Assert.Contains("n1 -> n2 [headlabel=\"2\"]", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsAreLinkedWithDashes()
    {
        string dot = Graph.Trace(x => { x.Track(); return Gradient.Of(x.Tanh().Sum(), x); }, new TensorSpec(DType.Float32, [3])).ToDot();
        Assert.Contains("style=\"dashed\" color=\"#c8741a\" dir=\"none\"", dot, StringComparison.Ordinal);
    }
}
