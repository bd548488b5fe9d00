using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>
/// A kernel together with the tensors that it reads and writes and its working memory: a call without arguments.
/// </summary>
internal sealed class BoundKernel
{
    private const int Alignment = 64;

    private readonly Kernel _kernel;
    private readonly Tensor[] _inputs, _outputs;
    private readonly Copy[] _copies = [];
    private readonly TensorSpec[] _workingSpecs = [];
    private Tensor[] _working = [];

    /// <param name="kernel">The kernel.</param>
    /// <param name="call">What it was bound with.</param>
    /// <param name="backend">Who copies operands into other layouts.</param>
    /// <param name="inputs">The operands, as the op was given them.</param>
    /// <param name="outputs">The results.</param>
    public BoundKernel(Kernel kernel, scoped in OpCall call, IBackend backend, Tensor[] inputs, Tensor[] outputs)
    {
        (_kernel, _inputs, _outputs) = (kernel, inputs, outputs);
        if (call.Relayouts is { } relayouts)
        {
            _inputs = [.. inputs];
            _copies = [.. relayouts.Select(
                relayout => new Copy(relayout.Input, relayout.To, backend.BindCopy(relayout.From, relayout.To)))];
        }
        if (call.WorkingTensors is { } working) _workingSpecs = [.. working];
        foreach (Copy copy in _copies) WorkingBytes += Aligned(copy.Layout);
        foreach (TensorSpec spec in _workingSpecs) WorkingBytes += Aligned(spec);
    }

    /// <summary>How much working memory it needs, copies of operands included.</summary>
    public long WorkingBytes { get; }

    /// <summary>Gives it working memory, which nobody else uses while it runs.</summary>
    /// <param name="block">A block of bytes.</param>
    /// <param name="start">Where the memory begins, aligned; <see cref="WorkingBytes"/> from there lie in the block.</param>
    public void Place(byte[] block, int start)
    {
        foreach (Copy copy in _copies)
        {
            copy.From = _inputs[copy.Input];
            _inputs[copy.Input] = copy.To = Next(copy.Layout);
        }
        _working = [.. _workingSpecs.Select(Next)];

        Tensor Next(TensorSpec spec)
        {
            Tensor tensor = new(Storage.Planned(spec.DType, spec.Extent, block, start), spec, 0);
            start += (int)Aligned(spec);
            return tensor;
        }
    }

    /// <summary>Runs the kernel on the values that the tensors hold now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run()
    {
        if (_copies.Length > 0) CopyInputs();
        OpValues values = new(_inputs, _outputs, _working);
        values.Hold();
        _kernel(values);
        values.Release();
        GC.KeepAlive(this);
    }

    private void CopyInputs()
    {
        foreach (Copy copy in _copies)
            Engine.Call(copy.Kernel, new OpValues(new ReadOnlySpan<Tensor>(in copy.From), new ReadOnlySpan<Tensor>(in copy.To), []));
    }

    private static long Aligned(in TensorSpec spec) => ((long)spec.Extent * spec.DType.Size + Alignment - 1) / Alignment * Alignment;

    /// <summary>A copy of an operand in another layout, made before each run.</summary>
    private sealed class Copy(int input, TensorSpec layout, Kernel kernel)
    {
        public readonly int Input = input;
        public readonly TensorSpec Layout = layout;
        public readonly Kernel Kernel = kernel;
        public Tensor From = null!, To = null!;
    }
}
