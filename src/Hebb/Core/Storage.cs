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
    private int _version, _asked = -1;
    private IOp? _promise;
    private Func<Storage>? _fill;
    private Storage? _filled;
    private bool _isBorrowed, _isPlanned;

    internal Storage(DType dtype, int length, bool isConstant = false)
    {
        DType = dtype;
        Length = length;
        Maker = GradientMemory.Current;
        IsConstant = isConstant || Engine.Tracer is not null;
        long bytes = (long)length * dtype.Size;
        if (bytes >= BufferPool.SmallestBlock)
        {
            BufferPool.Block block = BufferPool.Rent(this, bytes);
            _bytes = block.Bytes;
            _start = block.Start;
            Maker?.Made(this);
        }
        else
        {
            _bytes = GC.AllocateUninitializedArray<byte>((int)bytes);
        }
    }

    /// <summary>Memory inside a block that a plan has laid out.</summary>
    internal Storage(DType dtype, int length, byte[] block, int start)
    {
        DType = dtype;
        Length = length;
        _bytes = block;
        _start = start;
        _isPlanned = true;
    }

    private Storage(DType dtype, int length, IOp? promise)
    {
        DType = dtype;
        Length = length;
        _promise = promise;
    }

    /// <summary>Memory that is only spoken of while tracing: of a result of an op, or (null) of an argument of the traced function.</summary>
    internal static Storage Promised(DType dtype, int length, IOp? by) => new(dtype, length, by);

    /// <summary>Memory that is filled when it is first read or written, by taking over what a function makes.</summary>
    internal static Storage Late(DType dtype, int length, Func<Storage> fill) => new(dtype, length, promise: null) { _fill = fill };

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>How many elements there are.</summary>
    public int Length { get; }

    /// <summary>Rises with every write in place, so that a backward pass can tell that a value it needs has changed.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether a span or memory of it was given out; such memory is never lent again, the collector frees it.</summary>
    internal bool IsEscaped { get; private set; }

    /// <summary>The pool's entry while the memory is borrowed from it.</summary>
    internal BufferPool.Loan? Loan { get; set; }

    /// <summary>The backward pass in which it was made, as long as no user code can have seen it.</summary>
    internal GradientMemory? Maker { get; set; }

    /// <summary>How many gradients on their way through a backward pass lie in this memory.</summary>
    internal int Holds { get; set; }

    /// <summary>
    /// The elements, for a kernel call. The caller keeps the storage reachable until the kernel has returned (GC.KeepAlive), since
    /// memory of unreachable storages is lent again.
    /// </summary>
    internal Span<T> Span<T>() where T : unmanaged => Span<T>(0, Length);

    /// <summary>Some of the elements, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal Span<T> Span<T>(int from, int length) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>((Volatile.Read(ref _bytes) ?? Fill()).AsSpan(_start + from * Unsafe.SizeOf<T>(), length * Unsafe.SizeOf<T>()));

    /// <summary>Whether there is no memory yet, only the promise of an op to fill some.</summary>
    internal bool IsPromised => _bytes is null && _fill is null;

    /// <summary>Whether it was filled while a graph was being traced, or from such values alone: a constant of the traced function.</summary>
    internal bool IsConstant { get; }

    /// <summary>Looks at the memory of another storage from an offset on, until told otherwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Borrow(Storage other, int offset)
    {
        _bytes = Volatile.Read(ref other._bytes) ?? other.Fill();
        _start = other._start + offset * DType.Size;
        _isBorrowed = true;
    }

    /// <summary>Whether two look at the same bytes; views of plans' arguments have storages of their own.</summary>
    internal bool SharesMemory(Storage other) =>
        this == other || (_bytes is not null && _bytes == other._bytes && _start < other._start + other.Bytes && other._start < _start + Bytes);

    /// <summary>The values in a form that a kernel reads faster, kept by the op that made it.</summary>
    internal object? Packed { get; set; }

    /// <summary>Whether surely nothing was written since this was asked before. Replays and users that hold the memory write without raising the version.</summary>
    internal bool IsUnchangedSinceLastAsked(out int version)
    {
        version = Version;
        bool isUnchanged = _asked == version && !_isPlanned && !_isBorrowed && !IsEscaped;
        _asked = version;
        return isUnchanged;
    }

    /// <summary>Whether it lies in a row of memories that <see cref="Row"/> laid.</summary>
    internal bool IsInRow { get; private set; }

    /// <summary>Whether it could lie elsewhere without anyone noticing: small memory of its own that was shown to no user.</summary>
    internal bool IsMovable => !IsInRow && !_isBorrowed && !IsEscaped && Loan is null && _filled is null or { IsMovable: true } && Bytes < BufferPool.SmallestBlock;

    private int Bytes => Length * DType.Size;

    /// <summary>
    /// One memory over several of a type, each of which begins where the one before it ends; they are moved together for that unless they lie so. Null if one
    /// of them has to stay where it is.
    /// </summary>
    internal static Storage? Row(IReadOnlyList<Storage> parts)
    {
        DType dtype = parts[0].DType;
        int length = parts.Sum(part => part.Length), at = 0;
        if (parts.All(part => part.IsMovable))
        {
            byte[] block = GC.AllocateUninitializedArray<byte>(length * dtype.Size);
            foreach (Storage part in parts)
            {
                part.Span<byte>(0, part.Bytes).CopyTo(block.AsSpan(at));
                (part._bytes, part._start, part.IsInRow) = (block, at, true);
                at += part.Bytes;
            }
        }
        for (int i = 1; i < parts.Count; i++)
        {
            if (parts[i]._bytes != parts[0]._bytes || parts[i]._start != parts[i - 1]._start + parts[i - 1].Bytes) return null;
        }
        return new Storage(dtype, length, parts[0]._bytes!, parts[0]._start);
    }

    private TraceException Unread() => new(
        $"The value of {(_promise is null ? "an argument" : $"a result of {_promise.Name}")} was asked for while a graph was being traced, when there are no values yet; " +
        "keep what depends on values outside the traced function, or run it eagerly.");

    /// <summary>Notes a write in place.</summary>
    internal void Touch() => Interlocked.Increment(ref _version);

    /// <summary>Takes the place of other memory in a tensor, so that a backward pass which saved the old values can tell.</summary>
    internal void Follow(Storage before) => Volatile.Write(ref _version, Math.Max(Version, before.Version + 1));

    /// <summary>The elements for user code, which may keep the memory for ever: from now on the collector alone decides when it is freed.</summary>
    internal Memory<T> Export<T>() where T : unmanaged
    {
        byte[] bytes = Volatile.Read(ref _bytes) ?? Fill();
        Escape();
        _filled?.Escape();
        return new Exported<T>(bytes, _start, Length).Memory;
    }

    private void Escape()
    {
        IsEscaped = true;
        BufferPool.Forget(this);
    }

    /// <summary>Several threads may be the first to read.</summary>
    private byte[] Fill()
    {
        if (_fill is null) throw Unread();
        lock (_fill)
        {
            if (_bytes is { } done) return done;
            using Apart apart = new();
            _filled = _fill();
            _start = _filled._start;
            Volatile.Write(ref _bytes, _filled._bytes);
            return _filled._bytes!;
        }
    }

    /// <summary>Gives the memory back at once. Only for storages that no user code can see.</summary>
    internal void Release()
    {
        if (IsEscaped || Loan is null) return;
        BufferPool.Return(this);
        _bytes = [];
    }

    private sealed class Exported<T>(byte[] bytes, int start, int length) : MemoryManager<T> where T : unmanaged
    {
        public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(bytes.AsSpan(start))[..length];

        public override MemoryHandle Pin(int elementIndex = 0) =>
            throw new NotSupportedException("A pinned handle was asked of a tensor's memory, which offers spans only; use the memory's Span property.");

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
