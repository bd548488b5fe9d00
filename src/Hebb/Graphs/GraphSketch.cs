namespace Hebb;

/// <summary>
/// What a picture of a graph shows, without places: boxes for ops, arguments, outside tensors and results, and lines between them.
/// </summary>
internal sealed class GraphSketch
{
    private const int ShortAttributes = 20;

    private readonly Graph _graph;
    private readonly GraphValues _values;
    private readonly List<Box> _boxes = [];
    private readonly List<Line> _lines = [];
    private readonly Dictionary<Node, int> _places = [];
    private readonly Dictionary<Tensor, int> _arguments = new(ReferenceEqualityComparer.Instance);

    public GraphSketch(Graph graph, IReadOnlyDictionary<Tensor, string>? names)
    {
        _graph = graph;
        _values = new GraphValues(graph, names);
        foreach (Tensor argument in graph.Arguments)
            _arguments[argument] = Add(new Box(GraphBoxKind.Argument, _values.Label(argument), [$"{argument.Spec}"], "argument"));
        foreach (Node node in graph.Nodes) Show(node);
        for (int i = 0; i < graph.Results.Count; i++)
        {
            Tensor result = graph.Results[i];
            int box = Add(new Box(GraphBoxKind.Result, _values.Given(result) ?? $"result {i}", [$"{result.Spec}"], "result"));
            Lead(result, box, operand: 0);
        }
    }

    public IReadOnlyList<Box> Boxes => _boxes;

    public IReadOnlyList<Line> Lines => _lines;

    private void Show(Node node)
    {
        Node? forward = _graph.GradientOf(node);
        GraphBoxKind kind = node.Op is IEffect ? GraphBoxKind.Effect : (node.Op is IView, forward is not null) switch
        {
            (false, false) => GraphBoxKind.Operator,
            (true, false) => GraphBoxKind.View,
            (false, true) => GraphBoxKind.Gradient,
            (true, true) => GraphBoxKind.GradientView,
        };
        // Numbers that stand in the function are operands without lines.
        bool hasConstants = node.Inputs.Any(_values.IsConstant);
        IEnumerable<string> labels = node.Inputs.Select(input => _values.IsConstant(input) ? _values.Label(input) : "·");
        string operands = hasConstants ? $"({string.Join(", ", labels)})" : "";
        List<string> details = [];
        if (node.Outputs.Count > 0) details.Add($"{_values.Label(node.Outputs[0])} {node.Outputs[0].Spec}");
        if (forward is not null) details.Add($"gradient of {_values.Title(forward)}");
        string attributes = GraphValues.Attributes(node.Op);
        // Attributes are shown where they hardly widen the box, and told by the hint otherwise.
        int widest = Math.Max(ShortAttributes, details.Count == 0 ? 0 : details.Max(detail => detail.Length));
        if (attributes.Length > 0 && attributes.Length <= widest) details.Add(attributes);
        string hint = attributes.Length == 0 ? $"{node}" : $"{node} {{ {attributes} }}";
        if (_graph.LayerOf(node) is { } layer) hint += forward is null ? $" in {layer}" : $" for the gradient of {layer}";
        int box = Add(new Box(kind, node.Op.Name + operands, details, hint)
        {
            Forward = forward is not null && _places.TryGetValue(forward, out int place) ? place : null,
        });
        _places[node] = box;
        int shown = node.Inputs.Count(input => !_values.IsConstant(input));
        bool followsOwn = false;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (_values.IsConstant(node.Inputs[i])) continue;
            Lead(node.Inputs[i], box, shown > 1 || node.Inputs.Count > 1 ? i + 1 : 0);
            followsOwn |= forward is not null && _values.Maker(node.Inputs[i]) is { } maker && _graph.GradientOf(maker.Node) == forward;
        }
        // One link is enough for a chain of nodes that belong to the same gradient.
        if (!followsOwn && _boxes[box].Forward is { } linked) _lines.Add(new Line(linked, box, 0, 0, IsLink: true, ""));
    }

    /// <summary>A line from where a tensor comes from; an outside tensor has a box of its own wherever it is used.</summary>
    private void Lead(Tensor tensor, int to, int operand)
    {
        int from, output = 0;
        string label = $"{_values.Label(tensor)} {tensor.Spec}";
        if (_values.Maker(tensor) is { } maker) (from, output) = (_places[maker.Node], maker.Output);
        else if (!_arguments.TryGetValue(_values.Origin(tensor), out from))
            from = Add(new Box(
                GraphBoxKind.Outside, _values.Label(tensor), [$"{tensor.Spec}"], tensor.RequiresGrad ? "parameter" : "from outside"));
        _lines.Add(new Line(from, to, output, operand, IsLink: false, label));
    }

    private int Add(Box box)
    {
        _boxes.Add(box);
        return _boxes.Count - 1;
    }

    /// <summary>A box: what it is, its title, the lines below it, and what is said of it when it is pointed at.</summary>
    public sealed record Box(GraphBoxKind Kind, string Title, IReadOnlyList<string> Details, string Hint)
    {
        /// <summary>The box of the op whose gradient this one belongs to.</summary>
        public int? Forward { get; init; }

        /// <summary>Whether it belongs to a gradient.</summary>
        public bool IsGradient => Kind is GraphBoxKind.Gradient or GraphBoxKind.GradientView;
    }

    /// <summary>A value on its way, or a link from an op to its gradient. Operands count from 1; 0 needs no number.</summary>
    public sealed record Line(int From, int To, int Output, int Operand, bool IsLink, string Label);
}
