namespace Hebb;

/// <summary>
/// What runs ops: it chooses the layout of results and gives the kernel of each op. The engine, plans and everything that computes go
/// through it, so that another one, such as naive loops to compare with or a GPU, is plugged in at one place:
/// <see cref="EngineContext.Backend"/>.
/// </summary>
internal interface IBackend
{
    /// <summary>
    /// Whether it runs composed loops, that is whether the methods that take a <see cref="ElementwiseExpression"/> may be called.
    /// </summary>
    bool FusesLanes { get; }

    /// <summary>Chooses the layout of results, whose types and shapes are known and which are row-major before.</summary>
    void Lay(IOp op, ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs);

    /// <summary>The kernel of an op.</summary>
    Kernel Bind(IOp op, ref OpCall call);

    /// <summary>The kernel of an elementwise loop over the operands.</summary>
    Kernel Bind(ElementwiseExpression loop, ref OpCall call);

    /// <summary>
    /// The kernel of an op that applies a function to each element of its first result and, if there is another operand, of the call's
    /// last.
    /// </summary>
    Kernel Bind(IActivated op, ElementwiseExpression activation, bool hasOther, ref OpCall call);

    /// <summary>The kernel of a copy between layouts; the source may broadcast to the target.</summary>
    Kernel BindCopy(in TensorSpec from, in TensorSpec to);

    /// <summary>Writes one tensor, stretched to the other's shape, into the other's memory at once; nothing is allocated.</summary>
    void Copy(Tensor from, Tensor to);
}

/// <summary>Runs ops on the processor, by the kernels that they bind themselves.</summary>
internal sealed class CpuBackend : IBackend
{
    public static readonly CpuBackend Instance = new();

    public bool FusesLanes => System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported;

    public void Lay(IOp op, ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => op.Lay(inputs, outputs);

    public Kernel Bind(IOp op, ref OpCall call) => op.Bind(ref call);

    public Kernel Bind(ElementwiseExpression loop, ref OpCall call) => loop.Bind(ref call);

    public Kernel Bind(IActivated op, ElementwiseExpression activation, bool hasOther, ref OpCall call) =>
        activation.Bind(op, hasOther, ref call);

    public Kernel BindCopy(in TensorSpec from, in TensorSpec to) => Copies.Bind(from, to);

    public void Copy(Tensor from, Tensor to) => Copies.Run(from, to);
}
