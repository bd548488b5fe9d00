namespace Hebb.Optim;

/// <summary>
/// One rise and one fall, both along half a cosine: from MaxLearningRate / StartDivisor up to MaxLearningRate at step RiseFraction · Steps
/// - 1, then down to MaxLearningRate / (StartDivisor · EndDivisor) at step Steps - 1, where it stays. Smith and Topin, Super-Convergence,
/// 2018, in the two-phase form.
/// </summary>
/// <param name="MaxLearningRate">The learning rate at the top.</param>
/// <param name="Steps">How many steps the whole cycle takes, at least 2.</param>
/// <param name="RiseFraction">
/// Which part of the steps the rise takes, between 0 and 1; 0.3 by default. Of one step or less nothing is left, and the cycle begins at
/// the top.
/// </param>
/// <param name="StartDivisor">The top over the first learning rate; 25 by default.</param>
/// <param name="EndDivisor">The first learning rate over the last; 10,000 by default.</param>
public sealed record OneCycle(
    double MaxLearningRate, long Steps, double RiseFraction = 0.3, double StartDivisor = 25, double EndDivisor = 1e4) : ISchedule
{
    /// <summary>The highest learning rate.</summary>
    public double MaxLearningRate { get; } = Argument.AtLeast(MaxLearningRate, 0);

    /// <summary>The highest learning rate over the first one.</summary>
    public double StartDivisor { get; } = Argument.Above(StartDivisor, 0);

    /// <summary>The first learning rate over the last one.</summary>
    public double EndDivisor { get; } = Argument.Above(EndDivisor, 0);

    /// <summary>How many steps the whole cycle takes.</summary>
    public long Steps { get; } = Steps >= 2 ? Steps
        : throw new ArgumentOutOfRangeException(nameof(Steps), $"A cycle of {Steps} steps was asked for; give at least 2.");

    /// <summary>Which part of the steps the rise takes.</summary>
    public double RiseFraction { get; } = RiseFraction is > 0 and < 1 ? RiseFraction
        : throw new ArgumentOutOfRangeException(
            nameof(RiseFraction), $"A rise of {RiseFraction} of all steps was asked for; give a part between 0 and 1.");

    /// <inheritdoc/>
    public double At(long step)
    {
        Argument.AtLeast(step, 0);
        double start = MaxLearningRate / StartDivisor, end = start / EndDivisor, top = RiseFraction * Steps - 1, last = Steps - 1;
        if (step >= last) return end;
        if (step > top) return Between(MaxLearningRate, end, (step - top) / (last - top));
        return Between(start, MaxLearningRate, top > 0 ? step / top : 1);
    }

    private static double Between(double from, double to, double part) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * part));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(OneCycle), PrintMembers);
}
