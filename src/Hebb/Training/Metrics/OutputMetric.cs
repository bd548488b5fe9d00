using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// A metric of one output and one target of a model with several: <c>new OutputMetric(new RSquared(), output: 1, target: "price")</c>.
/// </summary>
/// <param name="metric">The metric.</param>
/// <param name="output">Which output, from 0.</param>
/// <param name="target">The name of the target.</param>
public sealed class OutputMetric(IMetric metric, int output, string target) : IMetric
{
    /// <inheritdoc/>
    public string Name => $"{target} {metric.Name}";

    /// <inheritdoc/>
    public bool IsGain => metric.IsGain;

    /// <inheritdoc/>
    public double Value => metric.Value;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => metric.Add(output, target);

    /// <summary>Takes in one batch: its output against its target, and of sequences the steps that count.</summary>
    public void Add(IReadOnlyList<MaskedTensor> outputs, Batch batch)
    {
        (Tensor found, Tensor wanted) = CountedSteps.Of(outputs[output], batch[target]);
        metric.Add(found, wanted);
    }

    /// <inheritdoc/>
    public void Reset() => metric.Reset();
}
