namespace Hebb.Testing;

/// <summary>How much this thread allocates.</summary>
internal static class Allocations
{
    /// <summary>
    /// The least number of bytes over three calls. A collection that another test causes adds what was left of this thread's allocation context to one reading;
    /// what the action allocates itself is in all of them.
    /// </summary>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
