namespace Hebb.Training;

/// <summary>
/// The share of samples whose highest score is that of the right class (the first of equal scores counts), from 0 to 1. A sample with a
/// score that is NaN is not right.
/// </summary>
public sealed class Accuracy : IMetric
{
    private long _right;
    private long _all;

    /// <summary>A class that marks items without a target, which do not count; -100 by default, as for losses.</summary>
    public long IgnoreIndex { get; init; } = Scores.Ignored;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool IsGain => true;

    /// <inheritdoc/>
    public double Value => _all == 0 ? double.NaN : (double)_right / _all;

    /// <summary>Scores [N, K, ...] and int64 class indices [N, ...].</summary>
    /// <exception cref="ShapeException">Other shapes or types.</exception>
    public void Add(Tensor output, Tensor target)
    {
        foreach ((int label, int guess) in new Scores(output, target, IgnoreIndex).Guesses())
        {
            if (guess == label) _right++;
            _all++;
        }
    }

    /// <inheritdoc/>
    public void Reset() => _right = _all = 0;
}
