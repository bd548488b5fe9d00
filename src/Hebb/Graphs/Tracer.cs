namespace Hebb;

/// <summary>
/// Collects the nodes that a function makes of promised tensors, what it changes outside, and which random numbers it takes.
/// </summary>
internal sealed class Tracer : ITracer
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Node, Node> _differentiated = [];
    private readonly Dictionary<Rng, ulong> _draws = [];
    private readonly Dictionary<Node, OpScope> _owners = [];
    private readonly List<OpScope> _scopes = [];

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>For each node that belongs to a gradient, the node whose gradient it is.</summary>
    public IReadOnlyDictionary<Node, Node> Differentiated => _differentiated;

    /// <summary>How many numbers a replay takes from each stream.</summary>
    public IReadOnlyDictionary<Rng, ulong> Draws => _draws;

    /// <summary>The layer that applied a node, if one did.</summary>
    public IReadOnlyDictionary<Node, OpScope> Owners => _owners;

    /// <summary>The layers that ran, each after its parts.</summary>
    public IReadOnlyList<OpScope> Scopes => _scopes;

    public void Noted(Node node)
    {
        _nodes.Add(node);
        EngineContext context = EngineContext.Current;
        if (context.Differentiated is { } forward) _differentiated.Add(node, forward);
        if (context.Layer is { } layer) _owners.Add(node, layer);
    }

    public void Left(OpScope scope) => _scopes.Add(scope);

    public void Changed(IEffect effect, ReadOnlySpan<Tensor> operands)
    {
        if (effect is Assignment && operands[0].Storage.IsPromised)
            throw new TraceException(
                $"Values were assigned to an intermediate {operands[0].Spec} while a graph was being traced; "
                + "compute a new tensor instead, with Where or an arithmetic op.");
        _nodes.Add(new Node(effect, operands, []));
    }

    public RandomKey Drew(Rng rng, int count)
    {
        ulong taken = _draws.GetValueOrDefault(rng);
        _draws[rng] = taken + (ulong)count;
        return new RandomKey(rng, taken);
    }

    public void Wrote(Tensor target) => throw new TraceException(
        $"A tensor {target.Spec} was written in place while a graph was being traced, which a replay of the graph would not repeat; "
            + "write it outside the traced function, or Assign a tensor that the function computes.");
}
