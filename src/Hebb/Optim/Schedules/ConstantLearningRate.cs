namespace Hebb.Optim;

/// <summary>η(t) = LearningRate</summary>
/// <param name="LearningRate">The learning rate.</param>
public sealed record ConstantLearningRate(double LearningRate) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => LearningRate;
}
