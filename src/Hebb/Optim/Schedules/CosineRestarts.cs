namespace Hebb.Optim;

/// <summary>
/// Half cosines from the learning rate down to the floor, one after the other, each Growth times as long as the one before:
/// η = Floor + (LearningRate - Floor) (1 + cos(π c / P)) / 2 at step c of a cycle of P steps.
/// Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2017.
/// </summary>
/// <param name="LearningRate">The learning rate at the start of each cycle.</param>
/// <param name="Period">How many steps the first cycle takes, at least 1.</param>
/// <param name="Growth">A cycle's length over that of the one before, a whole number of at least 1 (the default).</param>
/// <param name="Floor">The learning rate towards which each cycle falls; 0 by default.</param>
public sealed record CosineRestarts(double LearningRate, long Period, int Growth = 1, double Floor = 0) : ISchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <summary>The smallest learning rate.</summary>
    public double Floor { get; } = Argument.AtLeast(Floor, 0);

    /// <summary>How many steps the first cycle takes.</summary>
    public long Period { get; } = Period >= 1 ? Period
        : throw new ArgumentOutOfRangeException(
            nameof(Period), $"A period of {Period} steps was given to cosine restarts; give at least 1.");

    /// <summary>A cycle's length over that of the one before.</summary>
    public int Growth { get; } = Growth >= 1 ? Growth
        : throw new ArgumentOutOfRangeException(nameof(Growth), $"A growth of {Growth} was given to cosine restarts; give at least 1.");

    /// <inheritdoc/>
    public double At(long step)
    {
        Argument.AtLeast(step, 0);
        long cycle = Period;
        if (Growth == 1) step %= cycle;
        // A cycle beyond the range of whole numbers is never left.
        while (step >= cycle)
        {
            step -= cycle;
            if (cycle > long.MaxValue / Growth) break;
            cycle *= Growth;
        }
        return Floor + (LearningRate - Floor) * (1 + Math.Cos(Math.PI * step / cycle)) / 2;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(CosineRestarts), PrintMembers);
}
