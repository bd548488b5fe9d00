namespace Hebb;

/// <summary>
/// Runs a recorded function op by op, as eager mode would, and keeps all values that it makes: to look for an error in what a plan
/// computes, whose bits are the same. Nothing outside changes; what the function assigns to stands in a copy.
/// </summary>
internal sealed class GraphReplay
{
    private readonly Dictionary<Storage, Storage> _memory = [];
    private readonly List<OpRun> _runs = [];

    private GraphReplay(Graph graph, ReadOnlySpan<Tensor> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            Storage argument = _memory[graph.Arguments[i].Storage] =
                Storage.Borrower(arguments[i].DType, graph.Arguments[i].Storage.Length);
            argument.Borrow(arguments[i].Storage, arguments[i].Offset);
        }
    }

    /// <summary>Runs what comes before a result, and then gives the ops with their values.</summary>
    /// <param name="graph">The function.</param>
    /// <param name="result">Which of its results.</param>
    /// <param name="arguments">As traced.</param>
    public static (IReadOnlyList<OpRun> Runs, Tensor Result) UpTo(Graph graph, int result, ReadOnlySpan<Tensor> arguments)
    {
        GraphReplay replay = new(graph, arguments);
        Tensor wanted = graph.Results[result];
        // What comes behind the result, such as effects, is none of its business.
        int count = 1 + graph.Nodes.ToList().FindIndex(node => node.Outputs.Any(output => output.Storage == wanted.Storage));
        using EngineContext.Clean context = EngineContext.Suspend();
        foreach (Node node in graph.Nodes.Take(count))
        {
            if (node.Op is not IView) replay.Run(node, graph.OwnerOf(node));
        }
        return (replay._runs, replay.Real(wanted));
    }

    private void Run(Node node, OpScope? owner)
    {
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Op is IEffect effect && effect.Writes(i)) Own(node.Inputs[i].Storage);
        }
        foreach (Tensor output in node.Outputs) _memory[output.Storage] = new Storage(output.DType, output.Storage.Length);
        Tensor[] inputs = [.. node.Inputs.Select(Real)], outputs = [.. node.Outputs.Select(Real)];
        Engine.Run(node.Op, inputs, outputs);
        _runs.Add(new OpRun(node.Op, inputs, outputs, owner));
    }

    private Tensor Real(Tensor tensor) =>
        _memory.TryGetValue(tensor.Storage, out Storage? memory) ? new Tensor(memory, tensor.Spec, tensor.Offset) : tensor.Detach();

    private void Own(Storage outside)
    {
        if (_memory.ContainsKey(outside)) return;
        TensorSpec all = new(outside.DType, [outside.Length]);
        _memory[outside] = new Tensor(outside, all, 0).Clone().Storage;
    }
}
