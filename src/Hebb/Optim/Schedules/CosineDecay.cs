namespace Hebb.Optim;

/// <summary>
/// η(t) = Floor + (LearningRate - Floor) (1 + cos(π t / Period)) / 2: half a cosine from the learning rate down to the floor, and up again
/// if it runs on. Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2017.
/// </summary>
/// <param name="LearningRate">The first learning rate.</param>
/// <param name="Period">How many steps the way down takes, at least 1.</param>
/// <param name="Floor">The learning rate at the end of the way down; 0 by default.</param>
public sealed record CosineDecay(double LearningRate, long Period, double Floor = 0) : ISchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <summary>The smallest learning rate.</summary>
    public double Floor { get; } = Argument.AtLeast(Floor, 0);

    /// <summary>How many steps the way down takes.</summary>
    public long Period { get; } = Period >= 1 ? Period
        : throw new ArgumentOutOfRangeException(
            nameof(Period), $"A period of {Period} steps was given to a cosine decay; give at least 1.");

    /// <inheritdoc/>
    public double At(long step) => Floor + (LearningRate - Floor) * (1 + Math.Cos(Math.PI * Argument.AtLeast(step, 0) / Period)) / 2;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(CosineDecay), PrintMembers);
}
