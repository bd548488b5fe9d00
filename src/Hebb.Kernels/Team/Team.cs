using System.Runtime.ExceptionServices;

namespace Hebb.Kernels;

/// <summary>
/// A team of threads that shares the chunks of one job at a time. The calling thread takes chunks like any other, so it never waits for
/// a helper that has not begun; results cannot depend on the number of threads because the caller cuts the chunks from shapes alone.
/// </summary>
/// <remarks>
/// Helpers are background threads, started when first needed. A call from inside a job, or while another thread's job runs, does its
/// chunks on its own thread. A call allocates nothing once the helpers run.
/// </remarks>
public static class Team
{
    /// <summary>The largest accepted number of threads.</summary>
    public const int MaxThreads = 1024;

    private static readonly Assignment s_assignment = new();
    private static Helper[] s_helpers = [];
    private static int s_threads;

    /// <summary>
    /// How many threads share a job, the caller included. The default is the environment variable <c>HEBB_THREADS</c>, or the number of
    /// processors where it is not set.
    /// </summary>
    /// <exception cref="ArgumentException">The value, or the variable's, is not in 1..<see cref="MaxThreads"/>.</exception>
    public static int Threads
    {
        get => s_threads != 0 ? s_threads : s_threads = Choose(Environment.GetEnvironmentVariable("HEBB_THREADS"));
        set => s_threads = value is >= 1 and <= MaxThreads
            ? value
            : throw new ArgumentException($"Team.Threads was set to {value}; it must be from 1 to {MaxThreads}.");
    }

    /// <summary>Does every chunk of a job and returns when all are done.</summary>
    /// <param name="chunks">The number of chunks; the job's <see cref="IJob.Run"/> is called with 0..chunks-1.</param>
    /// <param name="job">The job. All threads share one copy of it, which is copied back here at the end.</param>
    /// <param name="isFromEnd">
    /// Whether each thread does its last chunks first, which another job over the same memory has left in its caches.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    /// <remarks>When a chunk throws, chunks not yet begun are skipped and the first exception surfaces here.</remarks>
    internal static void Run<TJob>(int chunks, ref TJob job, bool isFromEnd = false) where TJob : struct, IJob
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        int crew = Math.Min(Threads, chunks) - 1;
        if (crew < 1 || !s_assignment.TryClaim())
        {
            for (int i = 0; i < chunks; i++) job.Run(isFromEnd ? chunks - 1 - i : i);
            return;
        }
        var work = Work<TJob>.Shared;
        ExceptionDispatchInfo? failure;
        try
        {
            Hire(crew);
            work.Job = job;
            s_assignment.Publish(work, chunks, crew, isFromEnd);
            for (int i = 0; i < crew; i++) s_helpers[i].Wake();
            s_assignment.DoChunks(-1);
            failure = s_assignment.AwaitCompletion();
            job = work.Job;
        }
        finally
        {
            work.Job = default;
            s_assignment.Release();
        }
        failure?.Throw();
    }

    internal static int Choose(string? variable)
    {
        if (string.IsNullOrEmpty(variable)) return Math.Clamp(Environment.ProcessorCount, 1, MaxThreads);
        return int.TryParse(variable, out int threads) && threads is >= 1 and <= MaxThreads
            ? threads
            : throw new ArgumentException(
                $"HEBB_THREADS is '{variable}'; it must be a number of threads from 1 to {MaxThreads}, or not be set.");
    }

    // Only the call that has claimed the assignment hires.
    private static void Hire(int crew)
    {
        if (s_helpers.Length >= crew) return;
        var helpers = new Helper[crew];
        s_helpers.CopyTo(helpers, 0);
        for (int i = s_helpers.Length; i < crew; i++) helpers[i] = new Helper(s_assignment, i);
        s_helpers = helpers;
    }

    private sealed class Work<TJob> : Work where TJob : struct, IJob
    {
        public static readonly Work<TJob> Shared = new();
        public TJob Job;

        public override void Run(int chunk) => Job.Run(chunk);
    }
}
