using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>
/// The one job that a team works on now, and the counter that chunks are taken from. The counter holds the run's number beside the
/// chunks that remain, so that a thread which was descheduled in the middle of taking a chunk cannot take one of a later job: while a
/// chunk remains untaken the job's fields cannot change, and the exchange that takes it proves that it still remained.
/// </summary>
internal sealed class Assignment
{
    // The caller yields early: a helper that it waits for may want this very processor.
    private const int Spins = 100;

    private Counters _counters;
    private readonly Sleeper _caller = new();
    private Work? _work;
    private int _chunks;
    private int _crew;
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

    /// <summary>Makes the chunks of a job visible to the first <paramref name="crew"/> helpers.</summary>
    public void Publish(Work work, int chunks, int crew)
    {
        _work = work;
        _chunks = chunks;
        _crew = crew;
        _counters.Done = 0;
        Interlocked.Exchange(ref _counters.Remaining, ((long)++_run << 32) | (uint)chunks);
    }

    /// <summary>Whether a chunk is left for the helper of this rank.</summary>
    public bool HasChunk(int rank) => (int)Volatile.Read(ref _counters.Remaining) != 0 && rank < Volatile.Read(ref _crew);

    /// <summary>Does chunks until none is left for a thread of this rank (-1 for the caller).</summary>
    public void DoChunks(int rank)
    {
        while (TryTake(rank, out Work work, out int chunk, out int chunks))
        {
            try
            {
                if (_failure == null) work.Run(chunk);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }
            if (Interlocked.Increment(ref _counters.Done) == chunks) _caller.Wake();
        }
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

    private bool TryTake(int rank, out Work work, out int chunk, out int chunks)
    {
        while (true)
        {
            long seen = Volatile.Read(ref _counters.Remaining);
            int remaining = (int)seen;
            work = _work!;
            chunks = _chunks;
            chunk = chunks - remaining;
            if (remaining == 0 || rank >= _crew) return false;
            if (Interlocked.CompareExchange(ref _counters.Remaining, seen - 1, seen) == seen) return true;
        }
    }

    /// <summary>What several threads write, each on a cache line of its own (two, because processors fetch lines in pairs).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Counters
    {
        [FieldOffset(128)] public long Remaining;
        [FieldOffset(256)] public int Done;
        [FieldOffset(384)] public int Claimed;
    }
}
