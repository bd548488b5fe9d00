namespace Hebb.Layers;

/// <summary>
/// y = x + ε in training, with ε from N(0, std²) for each number alone; y = x in evaluation. On inputs it augments data, and acts like an
/// L2 penalty (Bishop, Training with Noise is Equivalent to Tikhonov Regularization, 1995). Numbers are drawn from
/// <see cref="Module.Noise"/>.
/// </summary>
public sealed class GaussianNoise : Module
{
    private readonly double _std;

    /// <summary>A layer with a standard deviation.</summary>
    /// <param name="std">The standard deviation, not negative; 0.1 by default.</param>
    public GaussianNoise(double std = 0.1) => _std = std >= 0 && double.IsFinite(std) ? std
        : throw new ArgumentOutOfRangeException(
            nameof(std), $"Noise of the standard deviation {std} was asked for; give a finite one of 0 or more.");

    /// <inheritdoc/>
    public override string Details => $"{_std}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (!IsTraining || _std == 0) return x;
        // The same noise in both precisions.
        Tensor noise = Tensor.Normal(x.Shape, Noise, 0, _std);
        return x + (x.DType == DType.Float32 ? noise : noise.Cast(x.DType));
    }

    /// <inheritdoc/>
    protected internal override Module New() => new GaussianNoise(_std);
}
