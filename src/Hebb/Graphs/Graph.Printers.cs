namespace Hebb;

public sealed partial class Graph
{
    /// <summary>
    /// One line for each node, values numbered in order: <c>%3 float32[64, 10] = Linear(%1, weight:float32[10, 84], bias:float32[10])</c>.
    /// Views and nodes of gradients say so; outside tensors show their type and shape where
    /// they are used first, unnamed scalars their value.
    /// </summary>
    /// <param name="names">Names of arguments, outside tensors and results; those without are numbered.</param>
    public string ToText(IReadOnlyDictionary<Tensor, string>? names = null) =>
        InvariantText.Of(() => GraphText.Write(this, names));

    /// <summary>The graph in the language of Graphviz (Gansner and North, 2000), for its tools to lay out.</summary>
    /// <param name="names">Names of arguments, outside tensors and results; those without are numbered.</param>
    public string ToDot(IReadOnlyDictionary<Tensor, string>? names = null) =>
        InvariantText.Of(() => GraphDot.Write(new GraphSketch(this, names)));

    /// <summary>
    /// Boxes and lines with their places. The function goes down on the left, and its gradient goes up on the right, each gradient beside
    /// the op whose gradient it is; functions with second derivatives go down as a whole.
    /// </summary>
    /// <param name="names">Names of arguments, outside tensors and results; those without are numbered.</param>
    public GraphDrawing Draw(IReadOnlyDictionary<Tensor, string>? names = null) =>
        InvariantText.Of(() => GraphDrawing.Of(new GraphSketch(this, names)));
}
