using System.Numerics;
using System.Runtime.InteropServices;

namespace Hebb;

/// <summary>
/// Lends blocks of pinned, 64-byte-aligned memory to storages. The pool holds its borrowers weakly: a block returns when its storage has
/// been collected, which the pool finds out by a sweep after so many bytes were lent. Fresh large arrays would cost the system's page
/// faults at every step; a warm block costs nothing.
/// </summary>
internal static class BufferPool
{
    /// <summary>
    /// Whether tests look for memory that is used after it has returned (<c>HEBB_POISON=1</c>):
    /// the pool then takes back what is unreachable at every loan, overwrites what returns with ones, lends small blocks too,
    /// and kernels refuse tensors that nobody holds for them.
    /// </summary>
    public static readonly bool IsPoisoned = Environment.GetEnvironmentVariable("HEBB_POISON") == "1";

    /// <summary>Smaller arrays are left to the collector, which is faster for them.</summary>
    public static readonly int SmallestBlock = IsPoisoned ? 256 : 16 * 1024;

    private const int ThoroughEvery = 2048;

    private const int Alignment = 64;
    private const long LeastSweepBytes = 48L << 20;
    private const long BorneBytes = 16L << 20;
    private const long LeastKeptBytes = 256L << 20;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<long, Stack<Block>> Free = [];
    private static readonly List<PooledMemory> Loans = [];
    private static long s_lentBytes;
    private static long s_freeBytes;
    private static long s_lentSinceSweep;
    private static long s_sweepAt = LeastSweepBytes;
    private static long s_liveBytes;
    private static long s_poisonedLoans;

    /// <summary>A piece of pinned memory.</summary>
    internal readonly record struct Block(byte[] Bytes, int Start, long Size);

    /// <summary>Bytes lent to storages that were alive at the last look.</summary>
    public static long LentBytes { get { lock (Gate) return s_lentBytes; } }

    /// <summary>Lends a block of at least so many bytes; its contents are whatever was there.</summary>
    public static PooledMemory Rent(Storage borrower, long bytes)
    {
        RequireRoom(bytes);
        long size = SizeClass(bytes);
        lock (Gate)
        {
            if (IsPoisoned) SweepPoisoned();
            else if (s_lentSinceSweep + size > s_sweepAt) Sweep();
            s_lentSinceSweep += size;
            if (Free.TryGetValue(size, out Stack<Block>? blocks) && blocks.TryPop(out Block block)) s_freeBytes -= size;
            else block = NewBlock(size);
            PooledMemory loan = new(borrower, block) { Index = Loans.Count };
            Loans.Add(loan);
            s_lentBytes += size;
            return loan;
        }
    }

    /// <summary>Refuses what no block holds, before anything is done for it.</summary>
    /// <exception cref="ShapeException">There are more bytes than one block has, or than the process may have.</exception>
    public static void RequireRoom(long bytes)
    {
        if (SizeClass(bytes) > Array.MaxLength - Alignment)
            throw new ShapeException($"A tensor of {bytes} bytes was asked for, "
                + $"but the most one tensor can hold is {Array.MaxLength - Alignment} bytes; split it.");
    }

    /// <summary>Takes a block back before its borrower is collected.</summary>
    public static void Return(Storage borrower)
    {
        lock (Gate)
        {
            if (borrower.Source is not PooledMemory loan) return;
            borrower.Source = ReturnedMemory.Instance;
            s_lentSinceSweep -= loan.Block.Size;
            Keep(loan.Block);
            Remove(loan);
        }
    }

    /// <summary>Leaves a block to its borrower for ever.</summary>
    public static void Forget(PooledMemory loan)
    {
        lock (Gate)
        {
            if (loan.Index < Loans.Count && Loans[loan.Index] == loan) Remove(loan);
        }
    }

    private static Block NewBlock(long size)
    {
        byte[] bytes = Allocate(size);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        return new Block(bytes, (int)(-address & (Alignment - 1)), size);
    }

    private static byte[] Allocate(long size)
    {
        long most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (most > 0 && s_lentBytes + size > most) Sweep();
        Exception? cause = null;
        try
        {
            if (most <= 0 || s_lentBytes + size <= most) return GC.AllocateUninitializedArray<byte>((int)size + Alignment, pinned: true);
        }
        catch (OutOfMemoryException none)
        {
            cause = none;
        }
        throw new ShapeException($"A tensor of {size >> 20} MiB was asked for where {s_lentBytes >> 20} of {most >> 20} MiB are in use; "
            + "take smaller tensors or batches, or let go of others.", cause!);
    }

    /// <summary>Rounds up to one of four sizes between neighboring powers of two, so that blocks of like sizes serve each other.</summary>
    private static long SizeClass(long bytes)
    {
        long step = Math.Max(4096, (long)BitOperations.RoundUpToPowerOf2((ulong)bytes) / 8);
        return (bytes + step - 1) / step * step;
    }

    /// <summary>
    /// Collects garbage and takes back the blocks of storages that died. Storages that lived through a collection are found only by one of
    /// an older generation, so as long as much more is lent than was alive at the last thorough look, the sweep looks further.
    /// </summary>
    private static void Sweep()
    {
        for (int generation = 1; generation <= GC.MaxGeneration; generation++)
        {
            GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
            TakeBackDead();
            if (s_lentBytes <= s_liveBytes + s_liveBytes / 4 + BorneBytes) break;
            if (generation == GC.MaxGeneration) s_liveBytes = s_lentBytes;
        }
        s_lentSinceSweep = 0;
        s_sweepAt = Math.Max(LeastSweepBytes, s_lentBytes);
        Trim();
    }

    /// <summary>Finds what has become unreachable just now; what was reachable for longer, from time to time.</summary>
    private static void SweepPoisoned()
    {
        GC.Collect(++s_poisonedLoans % ThoroughEvery == 0 ? GC.MaxGeneration : 0, GCCollectionMode.Forced, blocking: true);
        TakeBackDead();
    }

    private static void TakeBackDead()
    {
        for (int i = Loans.Count - 1; i >= 0; i--)
        {
            PooledMemory loan = Loans[i];
            if (!loan.IsAbandoned) continue;
            Keep(loan.Block);
            Remove(loan);
        }
    }

    private static void Keep(Block block)
    {
        if (IsPoisoned) block.Bytes.AsSpan().Fill(0xFF);
        if (!Free.TryGetValue(block.Size, out Stack<Block>? blocks)) Free[block.Size] = blocks = new Stack<Block>();
        blocks.Push(block);
        s_freeBytes += block.Size;
    }

    private static void Remove(PooledMemory loan)
    {
        loan.Close();
        s_lentBytes -= loan.Block.Size;
        PooledMemory last = Loans[^1];
        Loans[loan.Index] = last;
        last.Index = loan.Index;
        Loans.RemoveAt(Loans.Count - 1);
    }

    /// <summary>Lets go of idle memory once it is more than is lent, largest blocks first.</summary>
    private static void Trim()
    {
        long most = Math.Max(LeastKeptBytes, s_lentBytes);
        if (s_freeBytes <= most) return;
        foreach (long size in Free.Keys.OrderDescending())
        {
            Stack<Block> blocks = Free[size];
            while (s_freeBytes > most && blocks.TryPop(out _)) s_freeBytes -= size;
            if (s_freeBytes <= most) return;
        }
    }
}
