using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradient of <see cref="ConvAtPositions"/> with respect to its filters of so many steps: operands dy [N, O], x [N, T, C] and places
/// [N, O]; the result is [O, K, C].
/// </summary>
internal readonly record struct ConvAtPositionsWeightGrad(int Left, int Kernel) : IFloatOp
{
    (int Least, int Most) IOp.Operands => (3, 3);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].Shape.Rank != 2 || inputs[1].Shape.Rank != 3)
            throw new ShapeException(
                $"ConvAtPositionsWeightGrad got {inputs[0]} and sequences {inputs[1]}; it needs [N, O] and [N, T, C].");
        outputs[0] = new TensorSpec(inputs[0].DType, [inputs[0].Shape[1], Kernel, inputs[1].Shape[2]]);
        ConvPositions.Check(nameof(ConvAtPositionsWeightGrad), inputs[1], outputs[0], inputs[2], Left, inputs[0]);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        for (int i = 0; i < call.InputCount; i++) call.RowMajor(i);
        WindowsAtPositions windows = ConvPositions.Of(call.Input(1).Shape, call.Output(0).Shape, Left);
        return (in v) => windows.WeightGradient(v.Input<T>(0), v.Input<T>(1), v.Input<long>(2), v.Output<T>(0));
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
        ConvPositions.Flops(inputs[0].Shape, outputs[0].Shape);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0), places = flow.Input(2);
        if (flow.Needs(0)) flow.Give(0, flow.Input(1).Apply(new ConvAtPositions(Left), g, places));
        if (flow.Needs(1)) flow.Give(1, flow.Input(0).Apply(new ConvAtPositionsInputGrad(Left, flow.InputSpec(1).Shape[1]), g, places));
    }
}
