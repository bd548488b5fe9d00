namespace Hebb.Tests.Naive;

/// <summary>
/// A back end to compare with: every op in naive loops over double, without lanes, threads, fusion or layouts of its own. It shares no code
/// with the kernels of Hebb.
/// </summary>
internal sealed class ReferenceBackend : IBackend
{
    public static readonly ReferenceBackend Instance = new();

    private static readonly KernelTable s_kernels = Kernels();

    public bool FusesLanes => false;

    /// <summary>Whether there is a kernel for ops of a type.</summary>
    public static bool Knows(Type op) => s_kernels.Knows(op) || op.IsAssignableTo(typeof(IEffect));

    /// <summary>Results stay row-major.</summary>
    public void Lay(IOp op, ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) { }

    /// <summary>
    /// Ops from outside of Hebb bring the only kernel that there is; so do updates, whose only definition is the lane of their rule.
    /// </summary>
    public Kernel Bind(IOp op, ref OpCall call)
    {
        if (op.GetType().Assembly != typeof(IOp).Assembly || op is IEffect and not Assignment) return op.Bind(ref call);
        TensorSpec[] inputs = new TensorSpec[call.InputCount], outputs = new TensorSpec[call.OutputCount];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = call.Input(i);
        for (int i = 0; i < outputs.Length; i++) outputs[i] = call.Output(i);
        if (op is Assignment) return (in v) => Assign(inputs, v);
        Action<IOp, Numbers[], Numbers[]> kernel = s_kernels.Of(op);
        return (in v) => Run((x, y) => kernel(op, x, y), inputs, outputs, v);
    }

    public Kernel Bind(ElementwiseExpression loop, ref OpCall call) => throw Fused();

    public Kernel Bind(IActivated op, ElementwiseExpression activation, bool hasOther, ref OpCall call) => throw Fused();

    public Kernel BindCopy(in TensorSpec from, in TensorSpec to)
    {
        TensorSpec[] inputs = [from], outputs = [to];
        return (in v) => Run((x, y) => Stretch(x[0], y[0]), inputs, outputs, v);
    }

    public void Copy(Tensor from, Tensor to) => Engine.Call(BindCopy(from.Spec, to.Spec), new OpValues([from], [to], []));

    private static void Run(Action<Numbers[], Numbers[]> kernel, TensorSpec[] inputs, TensorSpec[] outputs, in OpValues values)
    {
        Numbers[] x = [.. inputs.Select(spec => new Numbers(spec))], y = [.. outputs.Select(spec => new Numbers(spec))];
        for (int i = 0; i < x.Length; i++) x[i].Read(values, i);
        kernel(x, y);
        for (int i = 0; i < y.Length; i++) y[i].Write(values, i);
    }

    private static void Assign(TensorSpec[] inputs, in OpValues values)
    {
        Numbers target = new(inputs[0]), value = new(inputs[1]);
        value.Read(values, 1);
        Stretch(value, target);
        target.Write(values, 0, isInPlace: true);
        values.InputTensor(0).Storage.Touch();
    }

    private static void Stretch(Numbers from, Numbers to)
    {
        int[] places = Places.Stretched(from.Shape, to.Shape);
        for (int i = 0; i < to.Count; i++) to.Set(i, from, places[i]);
    }

    private static KernelTable Kernels()
    {
        KernelTable table = new();
        NaiveElementwise.AddTo(table);
        NaiveMoves.AddTo(table);
        NaiveIndexing.AddTo(table);
        NaiveReductions.AddTo(table);
        NaiveProducts.AddTo(table);
        NaiveConvolutions.AddTo(table);
        NaivePools.AddTo(table);
        NaiveSoftmax.AddTo(table);
        NaiveNorms.AddTo(table);
        NaiveRecurrences.AddTo(table);
        NaiveRandom.AddTo(table);
        return table;
    }

    private static InvalidOperationException Fused() =>
        new("The reference back end was asked for a fused loop, which it does not run; ask IBackend.FusesLanes before you compose loops.");
}
