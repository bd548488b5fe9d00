using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>
/// An array of numbers with any number of axes up to eight, on which differentiable operations run. Tensors are ordinary objects: nothing
/// to dispose. Views share the memory of what they were taken from.
/// </summary>
public partial class Tensor
{
    private TensorSpec _spec;

    internal Tensor(TensorSpec spec) : this(new Storage(spec.DType, spec.Extent), spec, 0) { }

    internal Tensor(Storage storage, TensorSpec spec, int offset)
    {
        Storage = storage;
        _spec = spec;
        Offset = offset;
    }

    /// <summary>A tensor that shares another's memory and history, for types that derive from Tensor.</summary>
    protected Tensor(Tensor other) : this(other.Storage, other.Spec, other.Offset) { }

    /// <summary>The memory, shared by all views of it.</summary>
    public Storage Storage { get; private set; }

    /// <summary>Where the first element lies in <see cref="Storage"/>.</summary>
    public int Offset { get; private set; }

    /// <summary>Element type, shape and strides.</summary>
    public TensorSpec Spec => _spec;

    /// <summary>The element type.</summary>
    public DType DType => _spec.DType;

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => _spec.Shape;

    /// <summary>How many axes there are; 0 for a scalar.</summary>
    public int Rank => _spec.Shape.Rank;

    /// <summary>How many elements there are.</summary>
    public int Count => _spec.Shape.Count;

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => _spec.IsContiguous;

    /// <summary>The elements from the first to the last that this tensor sees, for kernel calls made by ops.</summary>
    /// <remarks>Use it only while the tensor stays reachable: memory of unreachable tensors is lent again.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal Span<T> Span<T>() where T : unmanaged => Storage.Span<T>(Offset, _spec.Extent);

    /// <summary>How many elements of memory lie from the first to the last, both counted.</summary>
    internal int Extent => _spec.Extent;

    /// <summary>Whether two of some tensors have memory in common, counted from the first element of each to the last.</summary>
    internal static bool HaveOverlap(IEnumerable<Tensor> tensors)
    {
        foreach (IEnumerable<Tensor> together in tensors.Where(tensor => tensor.Extent > 0).GroupBy(tensor => tensor.Storage.Block))
        {
            long end = 0;
            foreach (Tensor tensor in together.OrderBy(tensor => tensor.Storage.PlaceOf(tensor.Offset)))
            {
                if (tensor.Storage.PlaceOf(tensor.Offset) < end) return true;
                end = tensor.Storage.PlaceOf(tensor.Offset + tensor.Extent);
            }
        }
        return false;
    }

    /// <summary>
    /// The elements of a contiguous tensor, for reading and writing without a copy. The memory stays valid as long as the span or memory is
    /// reachable. Writes are not noticed by a backward pass; use <see cref="Assign(Tensor)"/> on tensors that took part in a graph.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tensor is tracked for gradients, or is not contiguous.</exception>
    public Memory<T> AsMemory<T>() where T : unmanaged
    {
        RequireType<T>();
        RequireUntracked("shared");
        if (!IsContiguous)
            throw new InvalidOperationException(
                $"The memory of a strided view {Spec} was asked for, but only contiguous tensors have one; take Contiguous() first.");
        return Count == 0 ? Memory<T>.Empty : Storage.Export<T>().Slice(Offset, Count);
    }

    /// <summary>The elements of a contiguous tensor as a span; see <see cref="AsMemory{T}"/>.</summary>
    /// <exception cref="InvalidOperationException">The tensor is tracked for gradients, or is not contiguous.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged => AsMemory<T>().Span;

    /// <summary>A copy of the elements in row-major order.</summary>
    /// <exception cref="InvalidOperationException">The tensor is tracked for gradients.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        RequireType<T>();
        RequireUntracked("exported");
        T[] copy = new T[Count];
        Copies.Out(this, copy.AsSpan());
        return copy;
    }

    /// <summary>The only element of a tensor that has just one.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public T Item<T>() where T : unmanaged
    {
        RequireType<T>();
        if (Count != 1)
            throw new InvalidOperationException(
                $"The value of a tensor {Spec} was asked for, but only a tensor of one element has one; index it or reduce it first.");
        T value = Storage.Span<T>()[Offset];
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>The only element as a double, whatever the element type (true is 1).</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public double Item() => DType switch
    {
        DType.Float32 => Item<float>(),
        DType.Float64 => Item<double>(),
        DType.Int64 => Item<long>(),
        _ => Item<bool>() ? 1 : 0,
    };

    /// <summary>The same memory without history: a constant for later graphs.</summary>
    public Tensor Detach() => new(Storage, Spec, Offset);

    /// <summary>
    /// Writes another tensor's values into this one's memory. Views of it see them; a graph that needs the old values refuses Backward. The
    /// values may be a view of the memory that is written.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tensor is tracked and gradients are being recorded.</exception>
    /// <exception cref="ShapeException">Type differs or the shape does not broadcast to this one.</exception>
    public void Assign(Tensor value)
    {
        RequireWritable();
        if (value.DType != DType)
            throw new ShapeException($"Values of {value.Spec} were assigned to {Spec}; convert them with Cast(DType.{DType}) first.");
        if (!Shape.TryBroadcast(Shape, value.Shape, out Shape both) || both != Shape)
            throw new ShapeException(
                $"Values of {value.Spec} were assigned to {Spec}, to which they do not broadcast; give them the shape {Shape}.");
        if (EngineContext.Current.Tracer is { } tracer) tracer.Changed(new Assignment(), [this, value]);
        else EngineContext.Current.Backend.Copy(value, this);
        Storage.Touch();
    }

    /// <summary>Writes values in row-major order into this tensor's memory.</summary>
    /// <exception cref="InvalidOperationException">The tensor is tracked and gradients are being recorded.</exception>
    /// <exception cref="ShapeException">Another number of values than elements.</exception>
    public void Assign<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        RequireType<T>();
        RequireWritable();
        if (values.Length != Count)
            throw new ShapeException($"{values.Length} values were assigned to {Spec}, which has {Count} elements; give as many values.");
        EngineContext.Current.Tracer?.Wrote(this);
        Copies.In(values, this);
        Storage.Touch();
    }

    /// <summary>
    /// Points this tensor at other memory, keeping its identity, so that optimizers and layers that hold it see the new values.
    /// </summary>
    internal void Rebind(Tensor other)
    {
        other.Storage.Follow(Storage);
        Storage = other.Storage;
        _spec = other._spec;
        Offset = other.Offset;
    }

    private void RequireType<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType)
            throw new InvalidOperationException(
                $"Elements of type {DTypes.Of<T>().Name} were asked of a tensor {Spec}; ask for {DType.Name}, or Cast the tensor first.");
    }

    private void RequireUntracked(string what)
    {
        if (RequiresGrad)
            throw new InvalidOperationException($"A tensor {Spec} that is tracked for gradients cannot be {what}; call Detach() first.");
    }

    private void RequireWritable()
    {
        if (RequiresGrad && !EngineContext.Current.IsGradOff)
            throw new InvalidOperationException($"A tensor {Spec} that is tracked for gradients cannot be written in place; "
                + "write inside a NoGrad scope, or to a Detach().");
    }
}
