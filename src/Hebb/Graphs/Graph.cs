namespace Hebb;

/// <summary>
/// A function of tensors as the list of its ops, the very nodes that eager mode runs, in the order in which they were applied. Gradients
/// that the function computes are nodes like all others.
/// <code>Graph graph = Graph.Trace(x => x.Tanh().Sum(), new TensorSpec(DType.Float32, [4]));</code>
/// </summary>
public sealed partial class Graph
{
    private readonly IReadOnlyDictionary<Node, Node> _differentiated;
    private readonly IReadOnlyDictionary<Node, OpScope> _owners;

    private Graph(Tracer tracer, Tensor[] arguments, Tensor[] results)
    {
        Nodes = tracer.Nodes;
        _differentiated = tracer.Differentiated;
        _owners = tracer.Owners;
        Scopes = tracer.Scopes;
        Draws = tracer.Draws;
        Arguments = arguments;
        Results = results;
    }

    /// <summary>The applications of ops, operands before those that use them.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>What the function was called with: tensors without values.</summary>
    public IReadOnlyList<Tensor> Arguments { get; }

    /// <summary>What the function returned: tensors without values, unless they do not depend on the arguments.</summary>
    public IReadOnlyList<Tensor> Results { get; }

    /// <summary>The node whose gradient a node helps to compute; null for nodes that belong to no gradient.</summary>
    public Node? GradientOf(Node node) => _differentiated.GetValueOrDefault(node);

    /// <summary>
    /// The layer that applied a node, or whose gradient the node helps to compute, as errors name it: <c>layer '4 Linear(128 → 64)'</c>;
    /// null for what stands outside of layers.
    /// </summary>
    public string? LayerOf(Node node) => OwnerOf(node)?.Title;

    /// <summary>
    /// The layer that applied a node, or whose gradient the node helps to compute; null for what stands outside of layers.
    /// </summary>
    internal OpScope? OwnerOf(Node node) => _owners.GetValueOrDefault(GradientOf(node) ?? node);

    /// <summary>
    /// The place of the layer whose op fills some memory, with ∂ before it if the op belongs to its gradient; empty outside of layers.
    /// </summary>
    internal string PlaceOf(Storage made)
    {
        Node? node = Nodes.FirstOrDefault(node => node.Op is not IView && node.Outputs.Any(output => output.Storage == made));
        return node is null || OwnerOf(node) is not { } owner ? "" : (GradientOf(node) is null ? "" : "∂") + owner.Path;
    }

    /// <summary>The layers that ran, each after its parts.</summary>
    internal IReadOnlyList<OpScope> Scopes { get; }

    /// <summary>How many numbers a replay takes from each random stream.</summary>
    internal IReadOnlyDictionary<Rng, ulong> Draws { get; }

    /// <summary>
    /// Calls a function once with tensors that have no values, and records the ops. Control flow is frozen as it goes. Tensors from
    /// outside, such as parameters, are not copied: the graph sees their values of the time when it runs.
    /// </summary>
    /// <param name="function">The function; it may compute gradients on the way.</param>
    /// <param name="arguments">Type, shape and layout of each argument.</param>
    /// <exception cref="TraceException">
    /// The function reads a value, or changes something that is not recorded; the message names the op.
    /// </exception>
    public static Graph Trace(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function, params ReadOnlySpan<TensorSpec> arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        Tensor[] promised = new Tensor[arguments.Length];
        for (int i = 0; i < promised.Length; i++)
            promised[i] = new Tensor(Storage.Promised(arguments[i].DType, arguments[i].Extent, by: null), arguments[i], 0);
        Tracer tracer = new();
        using (new Tracing(tracer))
        {
            IReadOnlyList<Tensor>? results = function(promised);
            return results is not null && !results.Contains(null!) ? new Graph(tracer, promised, [.. results])
                : throw Argument.Nothing("A function that was traced", "a tensor for each result");
        }
    }

    /// <inheritdoc cref="Trace(Func{IReadOnlyList{Tensor}, IReadOnlyList{Tensor}}, ReadOnlySpan{TensorSpec})"/>
    public static Graph Trace(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function, params TensorSpec[] arguments) =>
        Trace(function, (ReadOnlySpan<TensorSpec>)arguments);

    /// <summary>
    /// Records a function of one tensor; see
    /// <see cref="Trace(Func{IReadOnlyList{Tensor}, IReadOnlyList{Tensor}}, ReadOnlySpan{TensorSpec})"/>.
    /// </summary>
    /// <exception cref="TraceException">The function reads a value, or changes something that is not recorded.</exception>
    public static Graph Trace(Func<Tensor, Tensor> function, in TensorSpec argument) =>
        Trace(arguments => [function(arguments[0])], argument);

    /// <summary>What its intermediates need when it runs, beside arguments and tensors from outside.</summary>
    public PlanMemory Memory(GraphPasses passes = GraphPasses.All)
    {
        MemoryLayout memory = new Plan(this, passes).Memory;
        return new PlanMemory(memory.Bytes, memory.LiveBytes);
    }

    /// <summary>The results for some arguments: every node that they need runs once.</summary>
    /// <param name="arguments">One for each that was traced.</param>
    /// <exception cref="ShapeException">The arguments are not as traced.</exception>
    public Tensor[] Evaluate(params ReadOnlySpan<Tensor> arguments)
    {
        if (arguments.Length != Arguments.Count)
            throw new ShapeException(
                $"{arguments.Length} arguments were given to a graph of {Arguments.Count}; give as many as were traced.");
        for (int i = 0; i < arguments.Length; i++)
        {
            TensorSpec traced = Arguments[i].Spec;
            if (arguments[i].Spec != traced)
                throw new ShapeException($"Argument {i} of a graph is {arguments[i].Spec}, but it was traced "
                    + $"with {traced} (in another layout, if they look alike); trace it anew, or give a Contiguous() tensor.");
        }
        PlanRun run = new(new Plan(this, GraphPasses.All));
        run.Compute(arguments);
        run.Commit();
        return [.. Enumerable.Range(0, Results.Count).Select(i => run.Result(i).Clone())];
    }

    /// <inheritdoc cref="Evaluate(ReadOnlySpan{Tensor})"/>
    public Tensor[] Evaluate(params Tensor[] arguments) => Evaluate((ReadOnlySpan<Tensor>)arguments);
}
