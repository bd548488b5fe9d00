namespace Hebb.Optim;

/// <summary>
/// η(t) = Floor + (LearningRate - Floor) (1 - min(t, Period) / Period)^Power: straight down to the floor by default, where it stays.
/// </summary>
/// <param name="LearningRate">The first learning rate.</param>
/// <param name="Period">How many steps the way down takes, at least 1.</param>
/// <param name="Floor">The learning rate at the end; 0 by default.</param>
/// <param name="Power">1 (the default) for a straight line, larger to fall fast at first; positive.</param>
public sealed record PolynomialDecay(double LearningRate, long Period, double Floor = 0, double Power = 1) : ISchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <summary>The smallest learning rate.</summary>
    public double Floor { get; } = Argument.AtLeast(Floor, 0);

    /// <summary>How many steps the way down takes.</summary>
    public long Period { get; } = Period >= 1 ? Period
        : throw new ArgumentOutOfRangeException(
            nameof(Period), $"A period of {Period} steps was given to a polynomial decay; give at least 1.");

    /// <summary>The exponent.</summary>
    public double Power { get; } = Power > 0 && double.IsFinite(Power) ? Power
        : throw new ArgumentOutOfRangeException(nameof(Power), $"A power of {Power} was given to a polynomial decay; give a positive one.");

    /// <inheritdoc/>
    public double At(long step) =>
        Floor + (LearningRate - Floor) * Math.Pow(1 - (double)Math.Min(Argument.AtLeast(step, 0), Period) / Period, Power);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(PolynomialDecay), PrintMembers);
}
