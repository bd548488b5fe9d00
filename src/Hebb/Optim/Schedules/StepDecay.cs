namespace Hebb.Optim;

/// <summary>
/// η(t) = LearningRate · Factor^⌊t / Period⌋: the learning rate is multiplied by the factor once every period, halved by default.
/// </summary>
/// <param name="LearningRate">The first learning rate.</param>
/// <param name="Period">How many steps a learning rate holds, at least 1.</param>
/// <param name="Factor">What the learning rate is multiplied by; 1/2 by default.</param>
public sealed record StepDecay(double LearningRate, long Period, double Factor = 0.5) : ISchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <summary>What the learning rate is multiplied by.</summary>
    public double Factor { get; } = Argument.AtLeast(Factor, 0);

    /// <summary>How many steps a learning rate holds.</summary>
    public long Period { get; } = Period >= 1 ? Period
        : throw new ArgumentOutOfRangeException(nameof(Period), $"A period of {Period} steps was given to a step decay; give at least 1.");

    /// <inheritdoc/>
    public double At(long step) => LearningRate * Power.Of(Factor, Argument.AtLeast(step, 0) / Period);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(StepDecay), PrintMembers);
}
