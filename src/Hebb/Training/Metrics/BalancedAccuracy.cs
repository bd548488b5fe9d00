namespace Hebb.Training;

/// <summary>
/// The mean over the classes of the share of their samples that are recognized, from 0 to 1: a model that always names the most frequent of
/// K classes gets 1/K, however frequent it is (Brodersen et al., The Balanced Accuracy and Its Posterior Distribution, 2010). Classes that
/// do not occur do not count.
/// </summary>
public sealed class BalancedAccuracy : IMetric
{
    private ConfusionMatrix _confusion = new();

    /// <summary>A class that marks items without a target, which do not count; -100 by default, as for losses.</summary>
    public long IgnoreIndex
    {
        get => _confusion.IgnoreIndex;
        init => _confusion = new ConfusionMatrix { IgnoreIndex = value };
    }

    /// <inheritdoc/>
    public string Name => "balanced accuracy";

    /// <inheritdoc/>
    public bool IsGain => true;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            double[] recalls =
                [.. Enumerable.Range(0, _confusion.Classes).Select(_confusion.Recall).Where(recall => !double.IsNaN(recall))];
            return recalls.Length == 0 ? double.NaN : recalls.Average();
        }
    }

    /// <summary>Scores [N, K, ...] and int64 class indices [N, ...].</summary>
    /// <exception cref="ShapeException">Other shapes or types, or another number of classes than before.</exception>
    public void Add(Tensor output, Tensor target) => _confusion.Add(output, target);

    /// <inheritdoc/>
    public void Reset() => _confusion = new ConfusionMatrix { IgnoreIndex = IgnoreIndex };
}
