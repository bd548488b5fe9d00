namespace Hebb.Losses;

/// <summary>
/// l = Scale · Σ (y - t)² over the outputs of a sample, by default the mean of that over samples: the squared distance. With
/// <see cref="Reduction.Mean"/> it is the mean over all elements, as PyTorch has it; with one output both are the same.
/// </summary>
public sealed class MseLoss : Loss
{
    /// <summary>The mean over samples of the squared distance.</summary>
    public MseLoss() => Reduction = Reduction.MeanOverSamples;

    /// <summary>What each square is multiplied by, not negative: 1 by default; 1/2 makes the gradient y - t.</summary>
    public double Scale { get; init => field = Argument.AtLeast(value, 0, nameof(Scale)); } = 1;

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        Tensor error = output - target;
        // The scale before the second factor, so that it can keep a square from being too large or too small.
        return Scale == 1 ? error.Square() : error * Scale * error;
    }

    /// <summary>√(mean of (y - t)²): the error in the units of the target, for reports.</summary>
    /// <exception cref="ShapeException">Shapes or types differ.</exception>
    public static double Root(Tensor output, Tensor target)
    {
        new MseLoss().RequireAlike(output, target);
        // A length, whose squares neither overflow nor vanish.
        Tensor error = output.Detach().Cast(DType.Float64) - target.Detach().Cast(DType.Float64);
        return error.Norm().Item() / Math.Sqrt(error.Count);
    }
}
