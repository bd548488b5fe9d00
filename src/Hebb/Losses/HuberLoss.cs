namespace Hebb.Losses;

/// <summary>
/// l = Scale · z² / 2 for |z| ≤ δ, Scale · δ (|z| - δ / 2) beyond, with z = y - t: a square near 0 and a distance far from it, so that
/// outliers pull with a bounded force (Huber, Robust Estimation of a Location Parameter, 1964); by default the mean over all elements. Some
/// books leave out the half: Scale = 2.
/// </summary>
public sealed class HuberLoss : Loss
{
    private readonly double _delta = 1;

    /// <summary>δ, where the square ends; positive, 1 by default.</summary>
    public double Delta
    {
        get => _delta;
        init => _delta = value > 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), $"A delta of {value} was given to a Huber loss; give a positive, finite one.");
    }

    /// <summary>What the loss is multiplied by, not negative; 1 by default, 2 for the form without halves.</summary>
    public double Scale { get; init => field = Argument.AtLeast(value, 0, nameof(Scale)); } = 1;

    /// <summary>Whether z is the length of the error of each vector along the last axis; by default every number counts alone.</summary>
    public bool IsOfVectors { get; init; }

    /// <summary>z² / (2 β) for |z| ≤ β, |z| - β / 2 beyond: the form called smooth L1 (Girshick, Fast R-CNN, 2015).</summary>
    /// <param name="beta">β, where the square ends; positive, 1 by default.</param>
    /// <param name="reduction">What becomes of the losses of single elements.</param>
    public static HuberLoss SmoothL1(double beta = 1, Reduction reduction = Reduction.Mean) =>
        new() { Delta = beta, Scale = 1 / beta, Reduction = reduction };

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        Tensor z = output - target;
        if (IsOfVectors) z = z.Norm(2, [-1]);
        // With c = clip(z, -δ, δ) both pieces are c (z - c / 2), whose gradient is c.
        // The scale goes to c, so that a δ far from 1 does not make the product too large or too small.
        Tensor c = z.Clip(-Delta, Delta), rest = z - c * 0.5;
        return (Scale == 1 ? c : c * Scale) * rest;
    }
}
