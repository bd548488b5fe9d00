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

    /// <summary>Forgets all batches.</summary>
    void Reset();
}
