using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradient of <see cref="ConvAtPositions"/> with respect to its sequences of so many steps: operands dy [N, O], w [O, K, C] and places
/// [N, O]; the result is [N, T, C].
/// </summary>
internal readonly record struct ConvAtPositionsInputGrad(int Left, int Steps) : IFloatOp
{
    (int Least, int Most) IOp.Operands => (3, 3);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].Shape.Rank != 2 || inputs[1].Shape.Rank != 3)
            throw new ShapeException($"ConvAtPositionsInputGrad got {inputs[0]} and filters {inputs[1]}; it needs [N, O] and [O, K, C].");
        outputs[0] = new TensorSpec(inputs[0].DType, [inputs[0].Shape[0], Steps, inputs[1].Shape[2]]);
        ConvPositions.Check(nameof(ConvAtPositionsInputGrad), outputs[0], inputs[1], inputs[2], Left, inputs[0]);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        for (int i = 0; i < call.InputCount; i++) call.RowMajor(i);
        WindowsAtPositions windows = ConvPositions.Of(call.Output(0).Shape, call.Input(1).Shape, Left);
        return (in v) => windows.InputGradient(v.Input<T>(0), v.Input<T>(1), v.Input<long>(2), v.Output<T>(0));
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
        ConvPositions.Flops(inputs[0].Shape, inputs[1].Shape);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0), places = flow.Input(2);
        if (flow.Needs(0)) flow.Give(0, g.Apply(new ConvAtPositions(Left), flow.Input(1), places));
        if (flow.Needs(1)) flow.Give(1, flow.Input(0).Apply(new ConvAtPositionsWeightGrad(Left, flow.InputSpec(1).Shape[1]), g, places));
    }
}
