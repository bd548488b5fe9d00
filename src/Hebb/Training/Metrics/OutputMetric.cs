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
    private readonly IMetric _metric = metric ?? throw new ArgumentNullException(nameof(metric));
    private readonly int _output = Argument.AtLeast(output, 0);
    private readonly string _target = target ?? throw new ArgumentNullException(nameof(target));

    /// <inheritdoc/>
    public string Name => $"{_target} {_metric.Name}";

    /// <inheritdoc/>
    public bool IsGain => _metric.IsGain;

    /// <inheritdoc/>
    public double Value => _metric.Value;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _metric.Add(output, target);

    /// <summary>Takes in one batch: its output against its target, and of sequences the steps that count.</summary>
    public void Add(IReadOnlyList<MaskedTensor> outputs, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(batch);
        if (_output >= outputs.Count)
            throw new ArgumentException(
                $"The metric '{Name}' is of output {_output}, but the model gives {outputs.Count}; choose one from 0 on.", nameof(outputs));
        (Tensor found, Tensor wanted) = CountedSteps.Of(outputs[_output], batch[_target]);
        _metric.Add(found, wanted);
    }

    /// <inheritdoc/>
    public void Reset() => _metric.Reset();
}
