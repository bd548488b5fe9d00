using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// A recorded function of a batch: its graph, whose results are a loss if there is one, and outputs.
/// </summary>
/// <param name="Graph">The graph.</param>
/// <param name="Layout">The names of the batch's tensors.</param>
/// <param name="HaveMasks">Which of the outputs have masks, each of which is a result behind its output.</param>
internal sealed record Recorded(Graph Graph, BatchLayout Layout, bool[] HaveMasks)
{
    /// <summary>Whether the first result is a loss.</summary>
    public bool HasLoss { get; init; } = true;

    /// <summary>How many results there are beside the loss.</summary>
    public int OutputCount => Graph.Results.Count - FirstOutput;

    /// <summary>The place of the first output among the results.</summary>
    public int FirstOutput => HasLoss ? 1 : 0;

    /// <summary>Records a function for batches of the same shapes.</summary>
    /// <param name="layout">The names of the batch's tensors.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="function">From a batch without values the results, and which of them are outputs of the model.</param>
    /// <exception cref="TraceException">The function reads a value; the message names the op.</exception>
    public static Recorded Of(
        BatchLayout layout, ReadOnlySpan<Tensor> tensors, Func<Batch,
        (IReadOnlyList<Tensor> Results, IReadOnlyList<MaskedTensor> Outputs)> function)
    {
        TensorSpec[] specs = new TensorSpec[tensors.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = tensors[i].Spec;
        bool[] haveMasks = [];
        Graph graph = Graph.Trace(
            arguments =>
            {
                (IReadOnlyList<Tensor> results, IReadOnlyList<MaskedTensor> outputs) = function(new Batch(layout, [.. arguments], default));
                haveMasks = ModelOutputs.HaveMasks(outputs);
                return results;
            },
            specs);
        return new Recorded(graph, layout, haveMasks);
    }
}
