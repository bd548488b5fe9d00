using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>The one way from an op and its operands to its results.</summary>
internal static class Engine
{
    [ThreadStatic] private static bool t_isGradOff;
    [ThreadStatic] private static IRecorder? t_recorder;
    [ThreadStatic] private static ITracer? t_tracer;
    [ThreadStatic] private static Node? t_differentiated;
    [ThreadStatic] private static OpScope? t_scope;

    /// <summary>Whether recording for gradients is suspended on this thread.</summary>
    public static bool IsGradOff { get => t_isGradOff; set => t_isGradOff = value; }

    /// <summary>Who watches the ops of this thread.</summary>
    public static IRecorder? Recorder
    {
        get => t_recorder;
        set => (t_recorder, t_tracer) = (value, value as ITracer);
    }

    /// <summary>The recorder of this thread if ops only make promises to it.</summary>
    public static ITracer? Tracer => t_tracer;

    /// <summary>The node whose gradient this thread computes just now.</summary>
    public static Node? Differentiated { get => t_differentiated; set => t_differentiated = value; }

    /// <summary>The layer whose ops this thread applies just now, as far as a recorder wants to know.</summary>
    public static OpScope? Scope { get => t_scope; set => t_scope = value; }

    [InlineArray(4)]
    private struct FewSpecs
    {
        private TensorSpec _first;
    }

    /// <summary>Runs an op and returns all its outputs.</summary>
    public static Tensor[] Apply(IOp op, ReadOnlySpan<Tensor> inputs)
    {
        FewSpecs fewIn = default, fewOut = default;
        Span<TensorSpec> inputSpecs = inputs.Length <= 4 ? ((Span<TensorSpec>)fewIn)[..inputs.Length] : new TensorSpec[inputs.Length];
        Span<TensorSpec> outputSpecs = op.OutputCount <= 4 ? ((Span<TensorSpec>)fewOut)[..op.OutputCount] : new TensorSpec[op.OutputCount];
        bool tracked = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            inputSpecs[i] = inputs[i].Spec;
            tracked |= inputs[i].RequiresGrad;
        }
        Tensor[] outputs = new Tensor[outputSpecs.Length];
        if (op is IView view)
        {
            (TensorSpec spec, int offset) = view.View(inputSpecs[0]);
            outputs[0] = new Tensor(inputs[0].Storage, spec, inputs[0].Offset + offset);
        }
        else
        {
            op.Infer(inputSpecs, outputSpecs);
            if (t_tracer is null) Compute(op, inputs, outputSpecs, outputs);
            else Promise(op, outputSpecs, outputs);
        }
        tracked = tracked && !t_isGradOff && outputs[0].DType.IsFloat;
        if (tracked || t_tracer is not null)
        {
            Node node = new(op, inputs, outputs);
            for (int i = 0; i < outputs.Length && tracked; i++) outputs[i].SetCreator(node, i);
            t_tracer?.Noted(node);
        }
        t_recorder?.Ran(op, inputs, outputs);
        return outputs;
    }

    private static void Compute(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<TensorSpec> specs, Tensor[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++) outputs[i] = new Tensor(specs[i]);
        op.Run(inputs, outputs);
        KeepAlive(inputs);
    }

    private static void Promise(IOp op, ReadOnlySpan<TensorSpec> specs, Tensor[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = new Tensor(Storage.Promised(specs[i].DType, specs[i].Extent, op), specs[i], 0);
    }

    /// <summary>Memory of unreachable storages is lent again, so operands must outlive the kernel that reads them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(ReadOnlySpan<Tensor> tensors) => GC.KeepAlive(tensors.Length > 0 ? tensors[^1] : null);
}
