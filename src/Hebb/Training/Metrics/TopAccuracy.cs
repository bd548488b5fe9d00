namespace Hebb.Training;

/// <summary>
/// The share of samples whose right class is among the k highest scores (equal scores rank by class index), from 0 to 1. A sample with a
/// score that is NaN is not right.
/// </summary>
public sealed class TopAccuracy : IMetric
{
    private readonly int _k;
    private long _right;
    private long _all;

    /// <summary>Counts the right class among the k highest scores; 5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive.</exception>
    public TopAccuracy(int k = 5)
    {
        Argument.Above(k, 0);
        _k = k;
    }

    /// <summary>A class that marks items without a target, which do not count; -100 by default, as for losses.</summary>
    public long IgnoreIndex { get; init; } = Scores.Ignored;

    /// <inheritdoc/>
    public string Name => $"top-{_k} accuracy";

    /// <inheritdoc/>
    public bool IsGain => true;

    /// <inheritdoc/>
    public double Value => _all == 0 ? double.NaN : (double)_right / _all;

    /// <summary>Scores [N, K, ...] and int64 class indices [N, ...].</summary>
    /// <exception cref="ShapeException">Other shapes or types.</exception>
    public void Add(Tensor output, Tensor target)
    {
        foreach (int rank in new Scores(output, target, IgnoreIndex).Ranks())
        {
            if (rank < _k) _right++;
            _all++;
        }
    }

    /// <inheritdoc/>
    public void Reset() => _right = _all = 0;
}
