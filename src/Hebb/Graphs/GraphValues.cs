namespace Hebb;

/// <summary>
/// What the tensors of a graph are called: results of nodes by number, arguments and outside tensors by the names that are given.
/// </summary>
internal sealed class GraphValues
{
    private readonly IReadOnlyDictionary<Tensor, string>? _names;
    private readonly Dictionary<Tensor, (Node Node, int Output)> _makers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Storage, int, TensorSpec), Tensor> _places = [];
    private readonly Dictionary<Tensor, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, string> _labels = new(ReferenceEqualityComparer.Instance);
    private int _outside;

    public GraphValues(Graph graph, IReadOnlyDictionary<Tensor, string>? names)
    {
        _names = names;
        for (int i = 0; i < graph.Arguments.Count; i++)
        {
            Tensor argument = graph.Arguments[i];
            _labels[argument] = Given(argument) ?? (graph.Arguments.Count == 1 ? "x" : $"x{i}");
            _places.TryAdd(Place(argument), argument);
        }
        foreach (Node node in graph.Nodes)
        {
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                Tensor output = node.Outputs[i];
                _makers[output] = (node, i);
                _numbers[output] = _numbers.Count;
                _labels[output] = $"%{_numbers[output]}";
                _places.TryAdd(Place(output), output);
            }
        }
    }

    /// <summary>The tensor that a node or the caller made: a detached tensor is the one that it was detached from.</summary>
    public Tensor Origin(Tensor tensor) => _labels.ContainsKey(tensor) ? tensor : _places.GetValueOrDefault(Place(tensor), tensor);

    /// <summary>The node that makes a tensor, and as which of its results; null for arguments and tensors from outside.</summary>
    public (Node Node, int Output)? Maker(Tensor tensor) => _makers.TryGetValue(Origin(tensor), out (Node, int) maker) ? maker : null;

    /// <summary>A number such as <c>%3</c>, a name, or the value of an unnamed scalar from outside.</summary>
    public string Label(Tensor tensor)
    {
        tensor = Origin(tensor);
        if (_labels.TryGetValue(tensor, out string? label)) return label;
        return _labels[tensor] = Given(tensor) ?? (IsConstant(tensor) ? $"{tensor.Item():G6}" : $"outside{_outside++}");
    }

    /// <summary>
    /// A node by its first result, such as <c>%3 Linear</c>; by its op alone if the graph does not hold it or it has no result.
    /// </summary>
    public string Title(Node node) =>
        node.Outputs.Count == 0 || Maker(node.Outputs[0]) is null ? node.Op.Name : $"{Label(node.Outputs[0])} {node.Op.Name}";

    /// <summary>A name that was given to the tensor itself.</summary>
    public string? Given(Tensor tensor) => _names?.GetValueOrDefault(tensor);

    /// <summary>Whether the tensor is a number that stands in the function.</summary>
    public bool IsConstant(Tensor tensor) =>
        tensor.Rank == 0 && !tensor.RequiresGrad && !tensor.Storage.IsPromised && Given(tensor) is null;

    /// <summary>The attributes of an op as its record prints them; empty if it has none.</summary>
    public static string Attributes(IOp op)
    {
        string text = op.ToString() ?? "";
        int open = text.IndexOf('{', StringComparison.Ordinal), close = text.LastIndexOf('}');
        return open < 0 || close <= open ? "" : text[(open + 1)..close].Trim();
    }

    private static (Storage, int, TensorSpec) Place(Tensor tensor) => (tensor.Storage, tensor.Offset, tensor.Spec);
}
