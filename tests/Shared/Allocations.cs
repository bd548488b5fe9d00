namespace Hebb.Testing;

/// <summary>How much an action allocates.</summary>
internal static class Allocations
{
    /// <summary>
    /// The least number of bytes that this thread allocates over at most a hundred calls. A collection that another test causes adds
    /// what was left of this thread's allocation context to one reading, and a model that another test changes lets plans look whether
    /// theirs is what it was; what the action allocates itself is in all of them.
    /// </summary>
    public static long Of(Action action) => Least(100, GC.GetAllocatedBytesForCurrentThread, action);

    /// <summary>
    /// The least number of bytes that all threads together allocate over at most a hundred calls. The test runner reports from threads of
    /// its own at any time; a call of microseconds meets a moment without that, while what the action allocates itself is in all readings.
    /// </summary>
    public static long OfAllThreads(Action action) => Least(100, () => GC.GetTotalAllocatedBytes(precise: true), action);

    private static long Least(int calls, Func<long> allocated, Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < calls && least > 0; i++)
        {
            long before = allocated();
            action();
            least = Math.Min(least, allocated() - before);
        }
        return least;
    }
}
