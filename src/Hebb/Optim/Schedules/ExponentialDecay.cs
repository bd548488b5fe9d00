namespace Hebb.Optim;

/// <summary>η(t) = max(Floor, Rate · Factorᵗ): geometric decay at every step, down to a floor.</summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Factor">What the rate is multiplied by at every step, between 0 and 1; e⁻ᵏ for a decay written as e⁻ᵏᵗ.</param>
/// <param name="Floor">The least rate; 0 by default.</param>
public sealed record ExponentialDecay(double Rate, double Factor, double Floor = 0) : ISchedule
{
    /// <summary>What the rate is multiplied by at every step.</summary>
    public double Factor { get; } = Factor is > 0 and <= 1 ? Factor
        : throw new ArgumentOutOfRangeException(nameof(Factor), $"A factor of {Factor} was given to an exponential decay; give one above 0 and at most 1.");

    /// <inheritdoc/>
    public double At(long step) => Math.Max(Floor, Rate * Power.Of(Factor, step));
}
