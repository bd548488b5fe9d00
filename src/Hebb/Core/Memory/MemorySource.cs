using System.Runtime.InteropServices;

namespace Hebb;

/// <summary>Where the memory of a storage comes from, and who may take it back.</summary>
internal abstract class MemorySource
{
    /// <summary>The storage whose memory is taken over by one that has none yet.</summary>
    /// <exception cref="TraceException">There will be none.</exception>
    public virtual Storage Fill() => throw new InvalidOperationException("The memory of a tensor was used before there was any.");

    /// <summary>User code has got the memory and may keep it.</summary>
    public virtual void Export(Storage storage) { }
}

/// <summary>A small array that the collector frees.</summary>
internal sealed class CollectedMemory : MemorySource
{
    public static readonly CollectedMemory Instance = new();
}

/// <summary>No memory any more: it was given back.</summary>
internal sealed class ReturnedMemory : MemorySource
{
    public static readonly ReturnedMemory Instance = new();
}

/// <summary>An array that was given to user code; the collector frees it.</summary>
internal sealed class ExportedMemory : MemorySource
{
    public static readonly ExportedMemory Instance = new();
}

/// <summary>A part of a block whose owner writes to it at will, such as the block of a plan.</summary>
internal sealed class PlannedMemory : MemorySource
{
    public static readonly PlannedMemory Instance = new();
}

/// <summary>Another storage's memory, for a time.</summary>
internal sealed class BorrowedMemory : MemorySource
{
    public static readonly BorrowedMemory Instance = new();
}

/// <summary>A part of an array in which several storages lie side by side; see <see cref="StorageRow"/>.</summary>
internal sealed class RowMemory : MemorySource
{
    public static readonly RowMemory Instance = new();
}

/// <summary>No memory: a result of an op, or (null) an argument of a function, that is being traced.</summary>
internal sealed class PromisedMemory(IOp? by) : MemorySource
{
    public override Storage Fill() => throw new TraceException(
        $"The value of {(by is null ? "an argument" : $"a result of {by.Name}")} was asked for while a graph was being traced, "
        + "when there are no values yet; keep what depends on values outside the traced function, or run it eagerly.");
}

/// <summary>Memory that a function fills when it is first used.</summary>
internal sealed class LateMemory(Func<Storage> fill) : MemorySource
{
    private readonly Lock _gate = new();
    private Storage? _filled;

    /// <summary>Where the values are; null before they are first used.</summary>
    public Storage? Filled => Volatile.Read(ref _filled);

    public override Storage Fill()
    {
        lock (_gate)
        {
            if (_filled is not null) return _filled;
            using (EngineContext.Suspend()) Volatile.Write(ref _filled, fill());
            return _filled!;
        }
    }

    public override void Export(Storage storage) => _filled?.Source.Export(_filled);
}

/// <summary>A block on loan from the pool, which takes it back when the borrower has been collected.</summary>
internal sealed class PooledMemory(Storage borrower, BufferPool.Block block) : MemorySource
{
    private WeakGCHandle<Storage> _borrower = new(borrower);

    public BufferPool.Block Block => block;

    /// <summary>Its place in the pool's list of loans.</summary>
    public int Index { get; set; }

    /// <summary>Whether the borrower has been collected.</summary>
    public bool IsAbandoned => !_borrower.TryGetTarget(out _);

    public override void Export(Storage storage) => BufferPool.Forget(this);

    /// <summary>Ends the loan.</summary>
    public void Close() => _borrower.Dispose();
}
