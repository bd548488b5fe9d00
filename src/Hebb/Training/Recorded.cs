using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>What a recorded function makes of a batch.</summary>
/// <param name="Loss">The loss; null if there is none.</param>
/// <param name="Parts">The parts of the loss.</param>
/// <param name="Outputs">What the model gave.</param>
internal sealed record RecordedStep(Tensor? Loss, LossParts? Parts, IReadOnlyList<MaskedTensor> Outputs);

/// <summary>
/// A recorded function of a batch: its graph, whose results are a loss and its parts, if there is one, and outputs.
/// </summary>
/// <param name="Graph">The graph.</param>
/// <param name="Layout">The names of the batch's tensors.</param>
/// <param name="Parts">The parts of the loss, which lie behind it; null if there is no loss.</param>
/// <param name="HaveMasks">Which of the outputs have masks, each of which is a result behind its output.</param>
internal sealed record Recorded(Graph Graph, BatchLayout Layout, LossParts? Parts, bool[] HaveMasks)
{
    /// <summary>How many results are outputs.</summary>
    public int OutputCount => Graph.Results.Count - FirstOutput;

    /// <summary>The place of the first output among the results.</summary>
    public int FirstOutput { get; } = Parts is null ? 0 : 1 + Parts.Results.Count;

    /// <summary>Records a function for batches of the same shapes.</summary>
    /// <param name="layout">The names of the batch's tensors.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="function">What it makes of a batch without values.</param>
    /// <exception cref="TraceException">The function reads a value; the message names the op.</exception>
    public static Recorded Of(BatchLayout layout, ReadOnlySpan<Tensor> tensors, Func<Batch, RecordedStep> function)
    {
        TensorSpec[] specs = new TensorSpec[tensors.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = tensors[i].Spec;
        RecordedStep? step = null;
        Graph graph = Graph.Trace(
            arguments =>
            {
                step = function(new Batch(layout, [.. arguments], default));
                Tensor[] outputs = ModelOutputs.Tensors(step.Outputs);
                return step.Loss is null ? outputs : [step.Loss, .. step.Parts!.Results, .. outputs];
            },
            specs);
        return new Recorded(graph, layout, step!.Parts, ModelOutputs.HaveMasks(step.Outputs));
    }
}
