namespace Hebb.Losses;

/// <summary>
/// l = Scale · (y - t)², by default the mean over all elements, as PyTorch has it. With <see cref="Reduction.MeanOverSamples"/> it is the mean over samples of
/// the squared distance.
/// </summary>
public sealed class MseLoss : Loss
{
    /// <summary>What each square is multiplied by: 1 by default; 1/2 makes the gradient y - t.</summary>
    public double Scale { get; init; } = 1;

    /// <inheritdoc/>
    public override Tensor Of(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        Tensor loss = Reduce((output - target).Square());
        return Scale == 1 ? loss : loss * Scale;
    }

    /// <summary>√(mean of (y - t)²): the error in the units of the target, for reports.</summary>
    /// <exception cref="ShapeException">Shapes or types differ.</exception>
    public static double Root(Tensor output, Tensor target)
    {
        using (new NoGrad()) return Math.Sqrt(new MseLoss().Of(output, target).Item());
    }
}
