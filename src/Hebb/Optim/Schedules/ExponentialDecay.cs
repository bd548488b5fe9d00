namespace Hebb.Optim;

/// <summary>η(t) = max(Floor, LearningRate · Factorᵗ): geometric decay at every step, down to a floor.</summary>
/// <param name="LearningRate">The first learning rate.</param>
/// <param name="Factor">What the learning rate is multiplied by at every step, between 0 and 1; e⁻ᵏ for a decay written as e⁻ᵏᵗ.</param>
/// <param name="Floor">The least learning rate; 0 by default.</param>
public sealed record ExponentialDecay(double LearningRate, double Factor, double Floor = 0) : ISchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <summary>The smallest learning rate.</summary>
    public double Floor { get; } = Argument.AtLeast(Floor, 0);

    /// <summary>What the learning rate is multiplied by at every step.</summary>
    public double Factor { get; } = Factor is > 0 and <= 1 ? Factor
        : throw new ArgumentOutOfRangeException(
            nameof(Factor), $"A factor of {Factor} was given to an exponential decay; give one above 0 and at most 1.");

    /// <inheritdoc/>
    public double At(long step) => Math.Max(Floor, LearningRate * Power.Of(Factor, Argument.AtLeast(step, 0)));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ExponentialDecay), PrintMembers);
}
