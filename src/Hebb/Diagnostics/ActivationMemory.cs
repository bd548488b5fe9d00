using System.Runtime.InteropServices;

namespace Hebb.Diagnostics;

/// <summary>The memory of a graph's intermediates, counted without having it; arguments and tensors from outside do not count.</summary>
internal static class ActivationMemory
{
    /// <summary>
    /// For each node the bytes that are in use while it runs: its results, its operands, and what later nodes still need.
    /// </summary>
    public static IReadOnlyDictionary<Node, long> Live(Graph graph)
    {
        Dictionary<Storage, int> last = [];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (Tensor tensor in graph.Nodes[i].Outputs.Concat(graph.Nodes[i].Inputs)) last[tensor.Storage] = i;
        }
        foreach (Tensor result in graph.Results) last[result.Storage] = graph.Nodes.Count;
        Dictionary<Node, long> live = [];
        HashSet<Storage> present = [];
        long bytes = 0;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Node node = graph.Nodes[i];
            foreach (Storage made in Made(node))
            {
                if (present.Add(made)) bytes += Size(made);
            }
            live.Add(node, bytes);
            foreach (Storage used in node.Outputs.Concat(node.Inputs).Select(tensor => tensor.Storage).Distinct())
            {
                if (last[used] == i && present.Remove(used)) bytes -= Size(used);
            }
        }
        return live;
    }

    /// <summary>
    /// For each node of the function itself the bytes of its results that gradients read, and which therefore stay until the backward pass.
    /// </summary>
    public static IReadOnlyDictionary<Node, long> Kept(Graph graph)
    {
        IEnumerable<Node> gradients = graph.Nodes.Where(node => graph.GradientOf(node) is not null);
        HashSet<Storage> read = [.. gradients.SelectMany(node => node.Inputs).Select(input => input.Storage)];
        Dictionary<Node, long> kept = [];
        foreach (Node node in graph.Nodes.Where(node => graph.GradientOf(node) is null))
        {
            foreach (Storage made in Made(node).Where(read.Contains))
                CollectionsMarshal.GetValueRefOrAddDefault(kept, node, out _) += Size(made);
        }
        return kept;
    }

    /// <summary>What a node fills; a view fills nothing.</summary>
    private static IEnumerable<Storage> Made(Node node) => node.Op is IView ? [] : node.Outputs.Select(output => output.Storage);

    private static long Size(Storage storage) => (long)storage.Length * storage.DType.Size;
}
