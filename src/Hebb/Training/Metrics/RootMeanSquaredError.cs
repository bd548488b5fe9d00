namespace Hebb.Training;

/// <summary>RMSE = √(mean (y - t)²), in the unit of the targets.</summary>
public sealed class RootMeanSquaredError : IMetric
{
    private long _count;
    private SquareSum _sum;

    /// <inheritdoc/>
    public string Name => "RMSE";

    /// <inheritdoc/>
    public bool IsGain => false;

    /// <inheritdoc/>
    public double Value => _count == 0 ? double.NaN : _sum.Root(_count);

    /// <summary>Outputs and targets of one shape, [N] or [N, M].</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Add(Tensor output, Tensor target)
    {
        (double[] y, double[] t, _) = Targets.Read(nameof(RootMeanSquaredError), output, target);
        for (int i = 0; i < y.Length; i++) _sum.Add(y[i] - t[i]);
        _count += y.Length;
    }

    /// <inheritdoc/>
    public void Reset() => (_count, _sum) = (0, default);
}
