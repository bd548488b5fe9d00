namespace Hebb.Optim;

/// <summary>η(t) = Rate</summary>
/// <param name="Rate">The learning rate.</param>
public sealed record ConstantRate(double Rate) : ISchedule
{
    /// <inheritdoc/>
    public double At(long step) => Rate;
}
