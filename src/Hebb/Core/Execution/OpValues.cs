using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>
/// The memory of one run of a kernel, without copies: each span begins at the tensor's first element
/// and ends at its last, and the strides are those of the specs that the kernel was bound with.
/// Whoever runs the kernel keeps the tensors alive until it returns; spans must not be kept longer.
/// </summary>
public readonly ref struct OpValues
{
    private readonly ReadOnlySpan<Tensor> _inputs, _outputs, _working;

    internal OpValues(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> working)
    {
        _inputs = inputs;
        _outputs = outputs;
        _working = working;
    }

    /// <summary>How many operands there are.</summary>
    public int InputCount => _inputs.Length;

    /// <summary>How many results there are.</summary>
    public int OutputCount => _outputs.Length;

    /// <summary>The elements of operand i.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    /// <exception cref="InvalidOperationException">It has another element type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Input<T>(int i) where T : unmanaged => Elements<T>(_inputs[Place(i, _inputs.Length, "operand")]);

    /// <summary>The elements of result i.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    /// <exception cref="InvalidOperationException">It has another element type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Output<T>(int i) where T : unmanaged => Elements<T>(_outputs[Place(i, _outputs.Length, "result")]);

    /// <summary>The elements of the working tensor that <see cref="OpCall.Working"/> gave a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such working tensor.</exception>
    /// <exception cref="InvalidOperationException">It has another element type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Working<T>(int i) where T : unmanaged => Elements<T>(_working[Place(i, _working.Length, "working tensor")]);

    /// <summary>The elements of operand i for an op that changes it in place.</summary>
    internal Span<T> InPlace<T>(int i) where T : unmanaged => Elements<T>(_inputs[i]);

    /// <summary>The memory of operand i, for what is kept beside it.</summary>
    internal Tensor InputTensor(int i) => _inputs[i];

    /// <summary>A place in a list of operands, results or working tensors that an op names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Place(int i, int count, string what)
    {
        if ((uint)i >= (uint)count) ThrowMissing(i, count, what);
        return i;
    }

    /// <summary>Marks the tensors as in use, where tests ask for it: a kernel then refuses tensors that nobody holds for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Hold()
    {
        if (BufferPool.IsPoisoned) Mark(1);
    }

    /// <summary>Ends what <see cref="Hold"/> began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Release()
    {
        if (BufferPool.IsPoisoned) Mark(-1);
    }

    /// <summary>Up to here the tensors are reachable.</summary>
    internal void KeepAlive() => KeepAlive(_inputs, _outputs, _working);

    private void Mark(int change)
    {
        foreach (Tensor tensor in _inputs) tensor.Storage.Hold(change);
        foreach (Tensor tensor in _outputs) tensor.Storage.Hold(change);
        foreach (Tensor tensor in _working) tensor.Storage.Hold(change);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> working)
    {
        // Being passed to a call that is not inlined is what keeps the spans, and so all that they show, reachable.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<T> Elements<T>(Tensor tensor) where T : unmanaged
    {
        Storage storage = tensor.Storage;
        if (DTypes.Of<T>() != storage.DType) ThrowOtherType(DTypes.Of<T>(), tensor);
        if (BufferPool.IsPoisoned) storage.RequireHeld();
        return storage.Span<T>(tensor.Offset, tensor.Extent);
    }

    private static void ThrowMissing(int i, int count, string what) => throw new ArgumentOutOfRangeException(
        nameof(i), $"An op asked for its {what} {i}, but has {count} of that kind; they are counted from 0.");

    private static void ThrowOtherType(DType asked, Tensor tensor) => throw new InvalidOperationException(
        $"A kernel asked for elements of type {asked.Name} of a tensor {tensor.Spec}; "
        + $"ask for {tensor.DType.Name}, or refuse other types in the op's Infer.");
}
