namespace Hebb.Training;

/// <summary>The share of samples whose highest score is that of the right class (the first of equal scores counts), from 0 to 1.</summary>
public sealed class Accuracy : IMetric
{
    private long _right;
    private long _all;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool IsGain => true;

    /// <inheritdoc/>
    public double Value => _all == 0 ? double.NaN : (double)_right / _all;

    /// <summary>Scores [N, K] and int64 class indices [N].</summary>
    /// <exception cref="ShapeException">Other shapes or types.</exception>
    public void Add(Tensor output, Tensor target)
    {
        Scores scores = new(output, target);
        long[] guesses = scores.Guesses();
        for (int i = 0; i < guesses.Length; i++)
        {
            if (guesses[i] == scores.Labels[i]) _right++;
        }
        _all += guesses.Length;
    }

    /// <inheritdoc/>
    public void Reset() => _right = _all = 0;
}
