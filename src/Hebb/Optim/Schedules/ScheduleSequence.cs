namespace Hebb.Optim;

/// <summary>Schedules one after the other, each counting its steps from its own start; the last goes on for ever.</summary>
public sealed class ScheduleSequence : ISchedule
{
    private readonly (ISchedule Schedule, long Steps)[] _parts;
    private readonly ISchedule _last;

    /// <summary>A sequence.</summary>
    /// <param name="last">The schedule that goes on for ever.</param>
    /// <param name="before">The schedules before it, each with how many steps it lasts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of steps is negative.</exception>
    public ScheduleSequence(ISchedule last, params ReadOnlySpan<(ISchedule Schedule, long Steps)> before)
    {
        ArgumentNullException.ThrowIfNull(last);
        foreach ((ISchedule schedule, long steps) in before)
        {
            ArgumentNullException.ThrowIfNull(schedule, nameof(before));
            Argument.AtLeast(steps, 0);
        }
        _last = last;
        _parts = before.ToArray();
    }

    /// <inheritdoc cref="ScheduleSequence(ISchedule, ReadOnlySpan{ValueTuple{ISchedule, long}})"/>
    public ScheduleSequence(ISchedule last, params (ISchedule Schedule, long Steps)[] before)
        : this(last, (ReadOnlySpan<(ISchedule Schedule, long Steps)>)before) { }

    /// <inheritdoc/>
    public double At(long step)
    {
        Argument.AtLeast(step, 0);
        foreach ((ISchedule schedule, long steps) in _parts)
        {
            if (step < steps) return schedule.At(step);
            step -= steps;
        }
        return _last.At(step);
    }
}
