namespace Hebb.Losses;

/// <summary>l = |y - t|, by default the mean over all elements. The gradient at y = t is 0.</summary>
public sealed class L1Loss : Loss
{
    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        return (output - target).Abs();
    }
}
