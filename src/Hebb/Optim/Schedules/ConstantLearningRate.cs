namespace Hebb.Optim;

/// <summary>η(t) = LearningRate</summary>
/// <param name="LearningRate">The learning rate.</param>
public sealed record ConstantLearningRate(double LearningRate) : ISchedule
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <inheritdoc/>
    public double At(long step)
    {
        Argument.AtLeast(step, 0);
        return LearningRate;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ConstantLearningRate), PrintMembers);
}
