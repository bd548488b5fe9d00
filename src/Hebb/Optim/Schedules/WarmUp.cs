namespace Hebb.Optim;

/// <summary>
/// η(t) = Then(0) (From + (1 - From) t / Steps) for t &lt; Steps, then Then(t - Steps): a straight rise to the first learning rate of
/// another schedule, which starts when it is reached (Goyal et al., Accurate, Large Minibatch SGD, 2017).
/// </summary>
/// <param name="Steps">How many steps the rise takes, not negative.</param>
/// <param name="Then">The schedule after it.</param>
/// <param name="From">The first learning rate over that of <paramref name="Then"/>, from 0 to 1; 0.01 by default.</param>
public sealed record WarmUp(long Steps, ISchedule Then, double From = 0.01) : ISchedule
{
    /// <summary>The schedule after the rise.</summary>
    public ISchedule Then { get; } = Then ?? throw new ArgumentNullException(nameof(Then));

    /// <summary>How many steps the rise takes.</summary>
    public long Steps { get; } = Steps >= 0 ? Steps
        : throw new ArgumentOutOfRangeException(nameof(Steps), $"A warm-up of {Steps} steps was asked for; give 0 or more.");

    /// <summary>The first learning rate over that of the schedule after it.</summary>
    public double From { get; } = From is >= 0 and <= 1 ? From
        : throw new ArgumentOutOfRangeException(
            nameof(From), $"A warm-up from {From} of the learning rate was asked for; give a part from 0 to 1.");

    /// <inheritdoc/>
    public double At(long step) =>
        Argument.AtLeast(step, 0) >= Steps ? Then.At(step - Steps) : Then.At(0) * (From + (1 - From) * step / Steps);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(WarmUp), PrintMembers);
}
