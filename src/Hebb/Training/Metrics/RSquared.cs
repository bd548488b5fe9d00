namespace Hebb.Training;

/// <summary>
/// R² = 1 - Σ(y - t)² / Σ(t - mean t)²: the share of the targets' variance that the outputs explain. 1 is perfect, 0 is no better than the
/// mean, and worse models are negative. Over several targets it is the mean of theirs. NaN if the targets do not vary.
/// </summary>
public sealed class RSquared : IMetric
{
    private long _count;
    private SquareSum[] _error = [];
    private double[] _mean = [];
    private SquareSum[] _spread = [];

    /// <inheritdoc/>
    public string Name => "R²";

    /// <inheritdoc/>
    public bool IsGain => true;

    /// <inheritdoc/>
    public double Value => _count == 0 ? double.NaN : _error.Zip(_spread, Explained).Average();

    /// <summary>Outputs and targets of one shape, [N] or [N, M].</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Add(Tensor output, Tensor target)
    {
        (double[] y, double[] t, int targets) = Targets.Read(nameof(RSquared), output, target);
        if (_count == 0) (_error, _mean, _spread) = (new SquareSum[targets], new double[targets], new SquareSum[targets]);
        for (int i = 0; i < y.Length; i++)
        {
            int k = i % targets;
            if (k == 0) _count++;
            _error[k].Add(y[i] - t[i]);
            // Welford's update, (n - 1) / n delta², keeps the spread exact where Σt² - n mean² would cancel.
            double delta = t[i] - _mean[k];
            _mean[k] += delta / _count;
            _spread[k].Add(delta * Math.Sqrt((_count - 1.0) / _count));
        }
    }

    /// <inheritdoc/>
    public void Reset() => _count = 0;

    private static double Explained(SquareSum error, SquareSum spread)
    {
        double part = error.Root(1) / spread.Root(1);
        return spread.Root(1) == 0 ? double.NaN : 1 - part * part;
    }
}
