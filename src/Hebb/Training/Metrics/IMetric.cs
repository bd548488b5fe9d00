using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>A number that says how good a model's outputs are, gathered batch by batch.</summary>
public interface IMetric
{
    /// <summary>What tables call it.</summary>
    string Name { get; }

    /// <summary>Whether larger is better.</summary>
    bool IsGain { get; }

    /// <summary>The value over all batches since the start; NaN before the first.</summary>
    double Value { get; }

    /// <summary>Takes in one batch: outputs of the model and what they should have been.</summary>
    void Add(Tensor output, Tensor target);

    /// <summary>
    /// Takes in one batch with all outputs of the model. By default it is the first output against the first target, and of sequences the
    /// steps that count, one after the other. The tensors may be overwritten later.
    /// </summary>
    void Add(IReadOnlyList<MaskedTensor> outputs, Batch batch)
    {
        (Tensor output, Tensor target) = CountedSteps.Of(outputs[0], batch.Target);
        Add(output, target);
    }

    /// <summary>Forgets all batches.</summary>
    void Reset();
}
