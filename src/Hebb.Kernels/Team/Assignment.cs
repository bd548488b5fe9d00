using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>
/// The one job that a team works on now. Each thread has a range of chunks of its own, so that it finds in its caches what it wrote in the
/// job before; when these are done, it takes from the ranges of others. The counter of a range holds the run's number beside the chunks
/// that remain, so that a thread which was descheduled in the middle of taking a chunk cannot take one of a later job: while a chunk
/// remains untaken the job's fields cannot change, and the exchange that takes it proves that it still remained.
/// </summary>
internal sealed class Assignment
{
    // The caller yields early: a helper that it waits for may want this very processor.
    private const int Spins = 1600;

    private Counters _counters;
    private Range[] _ranges = [];
    private readonly Sleeper _caller = new();
    private Work? _work;
    private int _chunks;
    private int _crew;
    private bool _isFromEnd;
    private uint _run;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes the team for the calling thread, or says that another call has it.</summary>
    public bool TryClaim() => Interlocked.CompareExchange(ref _counters.Claimed, 1, 0) == 0;

    /// <summary>Gives the team back.</summary>
    public void Release()
    {
        _work = null;
        _failure = null;
        Volatile.Write(ref _counters.Claimed, 0);
    }

    /// <summary>
    /// Makes the chunks of a job visible to the first <paramref name="crew"/> helpers. Each thread takes those of its range in order, or
    /// the last ones first.
    /// </summary>
    public void Publish(Work work, int chunks, int crew, bool isFromEnd)
    {
        if (_ranges.Length <= crew) Volatile.Write(ref _ranges, new Range[crew + 1]);
        _work = work;
        _chunks = chunks;
        _crew = crew;
        _isFromEnd = isFromEnd;
        _counters.Done = 0;
        long run = (long)++_run << 32;
        for (int i = 0; i < crew; i++) Volatile.Write(ref _ranges[i].Remaining, run | (uint)(First(i + 1) - First(i)));
        // The last one is seen before it is asked who sleeps.
        Interlocked.Exchange(ref _ranges[crew].Remaining, run | (uint)(chunks - First(crew)));
    }

    /// <summary>Whether a chunk is left in the range of the helper of this rank; the caller does what is left in others.</summary>
    public bool HasChunk(int rank)
    {
        Range[] ranges = Volatile.Read(ref _ranges);
        return rank + 1 < ranges.Length && (int)Volatile.Read(ref ranges[rank + 1].Remaining) != 0;
    }

    /// <summary>Does chunks until none is left for a thread of this rank (-1 for the caller).</summary>
    public void DoChunks(int rank)
    {
        int done = 0;
        while (TryTake(rank, out Work? work, out int chunk))
        {
            try
            {
                if (_failure == null) work.Run(chunk);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }
            done++;
        }
        if (done == 0) return;
        // The job is not over before its last chunks are counted; from then on the number may be that of the next job.
        int chunks = _chunks;
        if (Interlocked.Add(ref _counters.Done, done) == chunks) _caller.Wake();
    }

    /// <summary>Waits until every chunk is done and returns the first failure.</summary>
    public ExceptionDispatchInfo? AwaitCompletion()
    {
        var patience = new Patience(Spins);
        while (Volatile.Read(ref _counters.Done) != _chunks)
        {
            if (patience.Wait()) continue;
            _caller.Announce();
            if (Volatile.Read(ref _counters.Done) != _chunks) _caller.Sleep();
            else _caller.Stay();
        }
        return _failure;
    }

    /// <summary>The first chunk of a thread's range.</summary>
    private int First(int thread) => (int)((long)_chunks * thread / (_crew + 1));

    private bool TryTake(int rank, [NotNullWhen(true)] out Work? work, out int chunk)
    {
        Range[] ranges = Volatile.Read(ref _ranges);
        for (int k = 0; k < ranges.Length; k++)
        {
            int thread = (rank + 1 + k) % ranges.Length;
            while (true)
            {
                long seen = Volatile.Read(ref ranges[thread].Remaining);
                int remaining = (int)seen;
                if (remaining == 0) break;
                work = _work!;
                chunk = _isFromEnd ? First(thread) + remaining - 1 : First(thread + 1) - remaining;
                if (rank >= _crew) return false;
                if (Interlocked.CompareExchange(ref ranges[thread].Remaining, seen - 1, seen) == seen) return true;
            }
        }
        work = null;
        chunk = 0;
        return false;
    }

    /// <summary>The chunks that are left of a thread's range, on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Range
    {
        [FieldOffset(0)] public long Remaining;
    }

    /// <summary>What several threads write, each on a cache line of its own (two, because processors fetch lines in pairs).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Counters
    {
        [FieldOffset(128)] public int Done;
        [FieldOffset(256)] public int Claimed;
    }
}
