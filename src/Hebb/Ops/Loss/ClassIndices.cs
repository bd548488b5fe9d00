using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// y = t for class indices t below Count, and 0 where t is Ignored, so that they can index scores. Any other class is refused.
/// </summary>
internal readonly record struct ClassIndices(int Count, long? Ignored) : IAnyOp
{
    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
        outputs[0] = inputs[0].DType == DType.Int64 ? new TensorSpec(DType.Int64, inputs[0].Shape)
            : throw new ShapeException($"ClassIndices got {inputs[0]}; give classes as int64.");

    Kernel IAnyKernel.Bind<T>(ref OpCall call)
    {
        call.RowMajor(0);
        (int count, long ignored) = (Count, Ignored ?? ClassTargets.IgnoresNone);
        return (in v) => ClassTargets.Indices(v.Input<long>(0), v.Output<long>(0), count, ignored);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) { }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ClassIndices), PrintMembers);
}
