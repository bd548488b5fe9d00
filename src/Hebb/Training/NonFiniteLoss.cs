using Hebb.Layers;

namespace Hebb.Training;

/// <summary>Says in one sentence why a loss is not finite, and how to mend it.</summary>
internal static class NonFiniteLoss
{
    private static readonly string[] BatchParts = ["input", "target"];

    /// <param name="runs">The ops that made the loss, with their values.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="model">Whose parameters and state are known by name.</param>
    /// <param name="batch">Input, target and whatever follows.</param>
    /// <returns>Null if the loss is finite.</returns>
    public static NonFiniteException? Explain(IReadOnlyList<OpRun> runs, Tensor loss, Module model, ReadOnlySpan<Tensor> batch)
    {
        if (NonFinite.In(loss) is not { } value) return null;
        NonFiniteOrigin origin = NonFiniteOrigin.Of(runs, loss);
        string cause = origin.Run is { } run
            ? $"{NonFiniteOrigin.Title(run.Op, run.Inputs, run.Owner)} made {origin.First} out of finite operands; lower the learning rate, clip the gradients, or keep its operands from where {run.Op.Name} has no finite value."
            : Held(origin, model, batch);
        return new NonFiniteException($"the loss became {value.Value}, because {cause}");
    }

    private static string Held(NonFiniteOrigin origin, Module model, ReadOnlySpan<Tensor> batch)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            if (!IsOf(batch[i], origin)) continue;
            return $"the batch's {(i < BatchParts.Length ? BatchParts[i] : $"tensor {i}")} holds {NonFinite.In(batch[i])}; clean such samples, or leave them out.";
        }
        foreach ((string name, Tensor value) in model.AllState())
        {
            if (IsOf(value, origin)) return $"'{name}' held {NonFinite.In(value)} before the step; begin again from finite values with a lower learning rate or clipped gradients, or look with a NaNFinder for the gradient that made it.";
        }
        return $"a tensor from outside the model holds {origin.First}; give it finite values.";
    }

    /// <summary>What the ops read is the tensor or a view of it. A plan reads arguments through storages of its own, on the same memory.</summary>
    private static bool IsOf(Tensor tensor, NonFiniteOrigin origin) =>
        tensor.Storage.SharesMemory(origin.At.Storage) && NonFinite.In(tensor) is not null;
}
