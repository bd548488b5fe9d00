namespace Hebb.Losses;

/// <summary>
/// l = 1 - cos(y, t) of vectors along an axis: 0 where output and target point the same way, 2 where they are opposed, whatever their
/// lengths; by default the mean over all vectors. Lengths below ε count as ε.
/// </summary>
public sealed class CosineLoss : Loss
{
    /// <summary>The axis of the vectors; the last by default.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>ε, positive; 1e-8 by default.</summary>
    public double Epsilon { get; init => field = Argument.Above(value, 0, nameof(Epsilon)); } = 1e-8;

    internal override int StepAxis => Axis == 1 ? 2 : 1;

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        ElementTypes.RequireHeld(Epsilon, output.DType);
        return 1 - (Direction(output) * Direction(target)).Sum(Axis);
    }

    private Tensor Direction(Tensor x) => x / x.Norm(2, [Axis], keepAxes: true).Clip(Epsilon, double.PositiveInfinity);
}
