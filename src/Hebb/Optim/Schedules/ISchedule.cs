namespace Hebb.Optim;

/// <summary>
/// The learning rate as a function of the step alone, so that a resumed run continues where it stopped without state of its own.
/// </summary>
public interface ISchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Counted from 0, one for each update; multiply periods by the steps of an epoch to count in epochs.</param>
    double At(long step);
}
