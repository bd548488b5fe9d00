namespace Hebb.Optim;

/// <summary>η(t) = Rate · Factor^⌊t / Period⌋: the rate is multiplied by the factor once every period, halved by default.</summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Period">How many steps a rate holds, at least 1.</param>
/// <param name="Factor">What the rate is multiplied by; 1/2 by default.</param>
public sealed record StepDecay(double Rate, long Period, double Factor = 0.5) : ISchedule
{
    /// <summary>How many steps a rate holds.</summary>
    public long Period { get; } = Period >= 1 ? Period
        : throw new ArgumentOutOfRangeException(nameof(Period), $"A period of {Period} steps was given to a step decay; give at least 1.");

    /// <inheritdoc/>
    public double At(long step) => Rate * Power.Of(Factor, step / Period);
}
