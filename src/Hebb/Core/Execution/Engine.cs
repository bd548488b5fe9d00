using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>The one way from an op and its operands to its results.</summary>
internal static class Engine
{
    [InlineArray(4)]
    private struct FewSpecs
    {
        private TensorSpec _first;
    }

    /// <summary>Runs an op and returns all its outputs.</summary>
    public static Tensor[] Apply(IOp op, ReadOnlySpan<Tensor> inputs)
    {
        RequireCounts(op, inputs.Length);
        EngineContext context = EngineContext.Current;
        FewSpecs fewIn = default, fewOut = default;
        Span<TensorSpec> inputSpecs = inputs.Length <= 4 ? ((Span<TensorSpec>)fewIn)[..inputs.Length] : new TensorSpec[inputs.Length];
        Span<TensorSpec> outputSpecs = op.OutputCount <= 4 ? ((Span<TensorSpec>)fewOut)[..op.OutputCount] : new TensorSpec[op.OutputCount];
        bool tracked = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor input = inputs[i] ?? throw Nothing(op, $"operand {i} is null; give it a tensor");
            inputSpecs[i] = input.Spec;
            tracked |= input.RequiresGrad;
        }
        Tensor[] outputs = new Tensor[outputSpecs.Length];
        if (op is IView view)
        {
            outputs[0] = See(view, inputs[0]);
        }
        else
        {
            op.Infer(inputSpecs, outputSpecs);
            context.Backend.Lay(op, inputSpecs, outputSpecs);
            if (context.Tracer is null) Compute(context.Backend, op, inputs, inputSpecs, outputSpecs, outputs);
            else Promise(op, outputSpecs, outputs);
        }
        tracked = tracked && !context.IsGradOff && outputs[0].DType.IsFloat;
        if (tracked || context.Tracer is not null)
        {
            Node node = new(op, inputs, outputs);
            for (int i = 0; i < outputs.Length && tracked; i++) outputs[i].SetCreator(node, i);
            context.Tracer?.Noted(node);
        }
        foreach (IRecorder recorder in context.Recorders) recorder.Ran(op, inputs, outputs);
        return outputs;
    }

    /// <summary>Runs an effect, or records it where a function is being traced.</summary>
    public static void Change(IEffect effect, ReadOnlySpan<Tensor> operands)
    {
        if (EngineContext.Current.Tracer is { } tracer) tracer.Changed(effect, operands);
        else Run(effect, operands, []);
    }

    /// <summary>Runs an op on tensors that exist: the outputs have types, shapes and layouts that the op could give.</summary>
    public static void Run(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        TensorSpec[] inputSpecs = new TensorSpec[inputs.Length], outputSpecs = new TensorSpec[outputs.Length];
        for (int i = 0; i < inputSpecs.Length; i++) inputSpecs[i] = inputs[i].Spec;
        for (int i = 0; i < outputSpecs.Length; i++) outputSpecs[i] = outputs[i].Spec;
        Run(EngineContext.Current.Backend, op, inputs, inputSpecs, outputSpecs, outputs);
    }

    private static void Compute(
        IBackend backend, IOp op, ReadOnlySpan<Tensor> inputs, Span<TensorSpec> inputSpecs, ReadOnlySpan<TensorSpec> outputSpecs,
        Tensor[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++) outputs[i] = new Tensor(outputSpecs[i]);
        Run(backend, op, inputs, inputSpecs, outputSpecs, outputs);
    }

    private static void Run(
        IBackend backend, IOp op, ReadOnlySpan<Tensor> inputs, Span<TensorSpec> inputSpecs, ReadOnlySpan<TensorSpec> outputSpecs,
        ReadOnlySpan<Tensor> outputs)
    {
        OpCall call = new(inputSpecs, outputSpecs);
        Kernel kernel = backend.Bind(op, ref call) ?? throw Nothing(op, "its Bind gave no kernel; return one");
        if (call.Relayouts is null && call.WorkingTensors is null) Call(kernel, new OpValues(inputs, outputs, []));
        else RunWithWorking(backend, kernel, call, inputs, outputs);
    }

    /// <summary>Working memory is borrowed for the run alone.</summary>
    private static void RunWithWorking(
        IBackend backend, Kernel kernel, scoped in OpCall call, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Tensor[] read = [.. inputs], working = [];
        List<Tensor> borrowed = [];
        foreach (OpCall.Relayout relayout in call.Relayouts ?? [])
        {
            Tensor copy = Borrow(relayout.To), from = read[relayout.Input];
            Kernel lay = backend.BindCopy(relayout.From, relayout.To);
            Call(lay, new OpValues(new ReadOnlySpan<Tensor>(in from), new ReadOnlySpan<Tensor>(in copy), []));
            read[relayout.Input] = copy;
        }
        if (call.WorkingTensors is { } specs) working = [.. specs.Select(spec => Borrow(spec))];
        Call(kernel, new OpValues(read, outputs, working));
        foreach (Tensor tensor in borrowed) tensor.Storage.Release();

        Tensor Borrow(in TensorSpec spec)
        {
            Tensor tensor = new(spec);
            borrowed.Add(tensor);
            return tensor;
        }
    }

    private static InvalidOperationException Nothing(IOp op, string what) => new($"{op.Name} cannot run, since {what}.");

    /// <summary>Another look at a tensor's memory, within it: kernels trust the layouts of tensors.</summary>
    private static Tensor See(IView view, Tensor x)
    {
        (TensorSpec spec, int offset) = view.View(x.Spec);
        if (spec.DType != x.DType || (spec.Extent > 0 && (offset < 0 || (long)offset + spec.Extent > x.Extent)))
            throw new ShapeException($"{view.Name} looks at {x.Spec}, whose memory is {x.Extent} elements, "
                + $"as {spec} with strides {spec.Strides}, {offset} elements on; stay within them and keep the type.");
        return new Tensor(x.Storage, spec, spec.Extent == 0 ? 0 : x.Offset + offset); // a view of nothing begins anywhere
    }

    private static void RequireCounts(IOp op, int inputs)
    {
        (int least, int most) = op.Operands;
        if (inputs < least || inputs > most)
            throw new ShapeException($"{op.Name} got {inputs} operands; give "
                + (most == int.MaxValue ? $"{least} or more." : least == most ? $"{least}." : $"{least} to {most}."));
        if (op.OutputCount < 1)
            throw new ShapeException($"{op.Name} has {op.OutputCount} results, but an op that is applied has at least one; "
                + "say so in its OutputCount.");
    }

    private static void Promise(IOp op, ReadOnlySpan<TensorSpec> specs, Tensor[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = new Tensor(Storage.Promised(specs[i].DType, specs[i].Extent, op), specs[i], 0);
    }

    /// <summary>
    /// Runs a kernel and holds its tensors until it returns. Memory of unreachable storages is lent again, so operands, results and working
    /// tensors must outlive the kernel: this is the one place that sees to it, for all ops.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Call(Kernel kernel, scoped in OpValues values)
    {
        values.Hold();
        kernel(values);
        values.Release();
        values.KeepAlive();
    }
}
