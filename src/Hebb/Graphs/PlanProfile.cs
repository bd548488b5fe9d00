using System.Diagnostics;

namespace Hebb;

/// <summary>Measures the ops of a plan.</summary>
internal static class PlanProfile
{
    /// <summary>
    /// Medians over some runs, one line for each op, and beside it the time of the ops that it may have been fused of, one by one. What is
    /// done after each run makes the last line.
    /// </summary>
    public static IReadOnlyList<ProfileLine> Of(Plan plan, PlanRun run, int steps, ReadOnlySpan<Tensor> arguments, Action? update = null)
    {
        Argument.AtLeast(steps, 1);
        PlanRun unfused = new(plan.Unfused());
        List<long>[] ticks = Lists(run.Count), singleTicks = Lists(unfused.Count);
        List<long> updateTicks = [];
        for (int i = 0; i < steps; i++)
        {
            unfused.Measure(singleTicks, arguments);
            run.Measure(ticks, arguments);
            if (update is null) continue;
            long start = Stopwatch.GetTimestamp();
            update();
            updateTicks.Add(Stopwatch.GetTimestamp() - start);
        }
        double[] times = [.. ticks.Select(Median)];
        double updateTime = update is null ? 0 : Median(updateTicks), total = times.Sum() + updateTime;
        Dictionary<Storage, double> single = singleTicks.Select((list, i) => (Made: unfused.Made(i), Time: Median(list)))
            .Where(step => step.Made is not null).ToDictionary(step => step.Made!, step => step.Time);
        IEnumerable<ProfileLine> lines = times.Select((time, i) => run.Line(i, time, total, single));
        return [.. update is null ? lines : lines.Append(new ProfileLine("update", null, 0, updateTime, updateTime / total, 0, 0))];

        List<long>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<long>(steps))];

        static double Median(List<long> ticks) => Stopwatch.GetElapsedTime(0, ticks.Order().ElementAt(ticks.Count / 2)).TotalMicroseconds;
    }
}
