using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb;

/// <summary>
/// The memory behind one or more tensors: a run of elements of one type. Views share it. It needs no disposal: memory returns when
/// no reachable object can see it.
/// </summary>
public sealed class Storage
{
    private int _start;
    private byte[]? _bytes;
    private int _version, _holders;

    /// <summary>Fresh memory with any contents: from the pool if it is large, an array of its own if it is small.</summary>
    internal Storage(DType dtype, int length, bool isConstant = false)
    {
        DType = dtype;
        Length = length;
        EngineContext context = EngineContext.Current;
        IsConstant = isConstant || context.Tracer is not null;
        Gradient.Pass = context.GradientMemory;
        if (Bytes < BufferPool.SmallestBlock)
        {
            _bytes = GC.AllocateUninitializedArray<byte>((int)Bytes);
            Source = CollectedMemory.Instance;
            return;
        }
        PooledMemory loan = BufferPool.Rent(this, Bytes);
        (_bytes, _start, Source) = (loan.Block.Bytes, loan.Block.Start, loan);
        Gradient.Pass?.Made(this);
    }

    private Storage(DType dtype, int length, MemorySource source, byte[]? bytes = null, int start = 0)
    {
        DType = dtype;
        Length = length;
        Source = source;
        _bytes = bytes;
        _start = start;
    }

    /// <summary>Refuses a tensor that no memory holds, before work is done for it.</summary>
    /// <exception cref="ShapeException">It has more bytes than one tensor can have.</exception>
    internal static void RequireRoom(in TensorSpec spec) => BufferPool.RequireRoom((long)spec.Extent * spec.DType.Size);

    /// <summary>Memory inside a block that somebody else has laid out, such as a plan.</summary>
    internal static Storage Planned(DType dtype, int length, byte[] block, int start) =>
        new(dtype, length, PlannedMemory.Instance, block, start);

    /// <summary>
    /// A result of an op, or (null) an argument of a function, that is being traced: there is no memory, and asking for values is an error.
    /// </summary>
    internal static Storage Promised(DType dtype, int length, IOp? by) => new(dtype, length, new PromisedMemory(by));

    /// <summary>Memory that looks at that of others, once <see cref="Borrow"/> says whose.</summary>
    internal static Storage Borrower(DType dtype, int length) => new(dtype, length, BorrowedMemory.Instance);

    /// <summary>Memory that is filled when it is first read or written, by taking over what a function makes.</summary>
    internal static Storage Late(DType dtype, int length, Func<Storage> fill) => new(dtype, length, new LateMemory(fill));

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>How many elements there are.</summary>
    public int Length { get; }

    /// <summary>Rises with every write in place, so that a backward pass can tell that a value it needs has changed.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Where the memory comes from, and who may take it back.</summary>
    internal MemorySource Source { get; set; }

    /// <summary>Whether there is no memory, only an op that would fill some.</summary>
    internal bool IsPromised => Source is PromisedMemory;

    /// <summary>
    /// Whether it was filled while a function was being traced, or from such values alone: a constant of the traced function.
    /// </summary>
    internal bool IsConstant { get; }

    /// <summary>Whether users hold its span or memory; such memory is never lent again, the collector frees it.</summary>
    internal bool IsExported => Source is ExportedMemory;

    /// <summary>
    /// Whether nobody writes to it without raising the version: users that hold the memory do, and so do replays of plans.
    /// </summary>
    internal bool IsVersioned => Source is CollectedMemory or PooledMemory or LateMemory or RowMemory;

    /// <summary>What a backward pass knows of it.</summary>
    internal GradientHold Gradient;

    /// <summary>
    /// What an op has made of the values and keeps for the next time, such as filters in the order in which a kernel reads them.
    /// </summary>
    internal object? Derived { get; set; }

    /// <summary>The size in bytes.</summary>
    internal long Bytes => (long)Length * DType.Size;

    /// <summary>
    /// The elements. The caller keeps the storage reachable as long as it uses them, since memory of unreachable storages is lent again.
    /// </summary>
    internal Span<T> Span<T>() where T : unmanaged => Span<T>(0, Length);

    /// <summary>Some of the elements, likewise. A view of nothing may begin anywhere, also behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Span<T>(int from, int length) where T : unmanaged => length == 0
        ? default
        : MemoryMarshal.Cast<byte, T>(
            (Volatile.Read(ref _bytes) ?? Fill()).AsSpan(_start + from * Unsafe.SizeOf<T>(), length * Unsafe.SizeOf<T>()));

    /// <summary>
    /// Looks at the memory of another storage from an offset on, until told otherwise. The caller keeps the other reachable.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Borrow(Storage other, int offset)
    {
        _bytes = Volatile.Read(ref other._bytes) ?? other.Fill();
        _start = other._start + offset * DType.Size;
    }

    /// <summary>Moves to a part of another block, in which the values stand already.</summary>
    internal void MoveTo(byte[] block, int start, MemorySource source) => (_bytes, _start, Source) = (block, start, source);

    /// <summary>Whether two look at the same bytes; views of plans' arguments have storages of their own.</summary>
    internal bool SharesMemory(Storage other) =>
        this == other
        || (_bytes is not null && _bytes == other._bytes
            && _start < other._start + other.Bytes && other._start < _start + Bytes);

    /// <summary>What the elements lie in, which others may lie in too; this storage itself before it is filled.</summary>
    internal object Block => (object?)_bytes ?? this;

    /// <summary>At which byte of the block an element begins.</summary>
    internal long PlaceOf(long element) => _start + element * DType.Size;

    /// <summary>Whether the memory begins where another's ends.</summary>
    internal bool Follows(Storage other) => _bytes == other._bytes && _start == other._start + other.Bytes;

    /// <summary>A storage over this one's memory and what lies behind it.</summary>
    internal Storage Widened(int length) => Planned(DType, length, _bytes!, _start);

    /// <summary>Notes a write in place. Of writes at the same time one may not be counted, but the version rises.</summary>
    internal void Touch() => Volatile.Write(ref _version, _version + 1);

    /// <summary>Takes the place of other memory in a tensor, so that a backward pass which saved the old values can tell.</summary>
    internal void Follow(Storage before) => Volatile.Write(ref _version, Math.Max(Version, before.Version + 1));

    /// <summary>
    /// The elements for user code, which may keep the memory for ever: from now on the collector alone decides when it is freed.
    /// </summary>
    internal Memory<T> Export<T>() where T : unmanaged
    {
        byte[] bytes = Volatile.Read(ref _bytes) ?? Fill();
        Source.Export(this);
        Source = ExportedMemory.Instance;
        return new Exported<T>(bytes, _start, Length).Memory;
    }

    /// <summary>Gives the memory back at once. Only for storages that no user code can see.</summary>
    internal void Release()
    {
        if (Source is not PooledMemory) return;
        BufferPool.Return(this);
        _bytes = [];
    }

    /// <summary>Notes that a kernel uses it, or no longer does; only where <see cref="BufferPool.IsPoisoned"/>.</summary>
    internal void Hold(int change) => Interlocked.Add(ref _holders, change);

    /// <summary>Refuses a kernel that reads or writes it without holding it.</summary>
    internal void RequireHeld()
    {
        if (Volatile.Read(ref _holders) == 0)
            throw new InvalidOperationException(
                $"A kernel used {Length} elements of type {DType.Name} that nobody held for it; call kernels through Engine.Call.");
    }

    /// <summary>Several threads may be the first to read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] Fill()
    {
        Storage filled = Source.Fill();
        _start = filled._start;
        Volatile.Write(ref _bytes, filled._bytes);
        return filled._bytes!;
    }

    private sealed class Exported<T>(byte[] bytes, int start, int length) : MemoryManager<T> where T : unmanaged
    {
        public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(bytes.AsSpan(start))[..length];

        public override MemoryHandle Pin(int elementIndex = 0) =>
            throw new NotSupportedException(
                "A pinned handle was asked of a tensor's memory, which offers spans only; use the memory's Span property.");

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
