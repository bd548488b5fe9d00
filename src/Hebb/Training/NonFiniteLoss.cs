using Hebb.Data;
using Hebb.Layers;
using Hebb.Ops;

namespace Hebb.Training;

/// <summary>Says in one sentence why a loss is not finite, and how to mend it.</summary>
internal static class NonFiniteLoss
{
    /// <summary>Replays a recorded step op by op, changing nothing.</summary>
    /// <param name="graph">The step, whose first result is the loss.</param>
    /// <param name="model">Whose parameters and state are known by name.</param>
    /// <param name="layout">The names of the batch's tensors.</param>
    /// <param name="batch">The tensors of the batch.</param>
    /// <returns>Null if the loss is finite.</returns>
    public static NonFiniteException? Replay(Graph graph, Module model, BatchLayout layout, ReadOnlySpan<Tensor> batch)
    {
        (IReadOnlyList<OpRun> runs, Tensor loss) = GraphReplay.UpTo(graph, result: 0, batch);
        return Explain(runs, loss, model, layout, batch);
    }

    /// <summary>Runs a step again with the same random numbers and keeps all that it computes.</summary>
    /// <param name="replay">Knows the random numbers of the step.</param>
    /// <param name="model">Whose parameters and state are known by name.</param>
    /// <param name="function">The step.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>Null if the loss is finite.</returns>
    public static NonFiniteException? Repeat(RandomReplay replay, Module model, StepFunction function, Batch batch)
    {
        replay.Rewind();
        OpHistory history = new();
        using Recording recording = new(history);
        Tensor loss = function(batch).Loss.Value;
        return Explain(history.Runs, loss, model, batch.Layout, batch.Span);
    }

    private static NonFiniteException? Explain(
        IReadOnlyList<OpRun> runs, Tensor loss, Module model, BatchLayout layout, ReadOnlySpan<Tensor> batch)
    {
        if (NonFinite.In(loss) is not { } value) return null;
        NonFiniteOrigin origin = NonFiniteOrigin.Of(runs, loss);
        string cause = IsOfNothing(origin.Run, loss)
            ? "nothing of the batch counts: its targets are all ignored, masked or of weight 0; leave such a batch out."
            : origin.Run is { } run
            ? $"{NonFiniteOrigin.Title(run.Op, run.Inputs, run.Owner)} made {origin.First} out of finite operands; "
                + $"lower the learning rate, clip the gradients, or keep its operands from where {run.Op.Name} has no finite value."
            : Held(origin, model, layout, batch);
        return new NonFiniteException($"the loss became {value.Value}, because {cause}");
    }

    /// <summary>Whether the loss is a mean of which nothing counts, 0 / 0.</summary>
    private static bool IsOfNothing(OpRun? run, Tensor loss) =>
        run is { Op: Div } && run.Outputs[0].Storage == loss.Storage && run.Inputs.All(input => input is { Count: 1 } && input.Item() == 0);

    private static string Held(NonFiniteOrigin origin, Module model, BatchLayout layout, ReadOnlySpan<Tensor> batch)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            if (!IsOf(batch[i], origin)) continue;
            return $"the batch's {layout.Parts[i].Name} holds {NonFinite.In(batch[i])}; clean such samples, or leave them out.";
        }
        foreach ((string name, Tensor value) in model.AllState())
        {
            if (IsOf(value, origin))
                return $"'{name}' held {NonFinite.In(value)} before the step; begin again from finite values "
                    + "with a lower learning rate or clipped gradients, or look with a NaNFinder for the gradient that made it.";
        }
        return $"a tensor from outside the model holds {origin.First}; give it finite values.";
    }

    /// <summary>
    /// What the ops read is the tensor or a view of it. A plan reads arguments through storages of its own, on the same memory.
    /// </summary>
    private static bool IsOf(Tensor tensor, NonFiniteOrigin origin) =>
        tensor.Storage.SharesMemory(origin.At.Storage) && NonFinite.In(tensor) is not null;
}
