using System.Diagnostics;

namespace Hebb.Cli;

/// <summary>The timing of one workload. Times are milliseconds a step; the first one records the step, if it is to be compiled.</summary>
internal sealed record Timing(double First, double Median, double Min, int Steps, long AllocatedBytesPerStep);

/// <summary>
/// Times steps one by one with the raw timer: warm-up for three tenths of the time (at least 5 steps, at most 2,000), then steps until the
/// time is over (at least 5, at most 20,000), as the peers do it. Allocation is counted over all threads in a run of its own.
/// </summary>
internal static class Stopwatches
{
    private const int FewestSteps = 5;
    private const int MostWarmSteps = 2000;
    private const int MostSteps = 20000;
    private const int AllocationSteps = 200;
    private const double AllocationSeconds = 20;

    public static Timing Time(Action step, double seconds, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        step();
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        for (int warm = 1; warm < FewestSteps || (Seconds(start) < seconds * 0.3 && warm < MostWarmSteps); warm++)
        {
            cancellation.ThrowIfCancellationRequested();
            step();
        }
        List<long> ticks = new(MostSteps);
        start = Stopwatch.GetTimestamp();
        while (ticks.Count < FewestSteps || (Seconds(start) < seconds && ticks.Count < MostSteps))
        {
            cancellation.ThrowIfCancellationRequested();
            long before = Stopwatch.GetTimestamp();
            step();
            ticks.Add(Stopwatch.GetTimestamp() - before);
        }
        ticks.Sort();
        int middle = ticks.Count / 2;
        double median = ticks.Count % 2 == 1 ? ticks[middle] : (ticks[middle - 1] + ticks[middle]) / 2.0;
        return new Timing(first, Milliseconds(median), Milliseconds(ticks[0]), ticks.Count, AllocatedBytes(step, cancellation));
    }

    private static long AllocatedBytes(Action step, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp(), before = GC.GetTotalAllocatedBytes(precise: true);
        int steps = 0;
        for (; steps < AllocationSteps && (steps < FewestSteps || Seconds(start) < AllocationSeconds); steps++)
        {
            cancellation.ThrowIfCancellationRequested();
            step();
        }
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / steps;
    }

    private static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;

    private static double Milliseconds(double ticks) => ticks * 1e3 / Stopwatch.Frequency;
}
