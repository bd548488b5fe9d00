using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// y[n, o] = Σ x[n, p + k - left, c] w[o, k, c] over k and c, with p = places[n, o]: a correlation at one place for each sequence and
/// filter. Operands x [N, T, C], w [O, K, C] and places, int64 [N, O]; what lies outside of a sequence counts as 0.
/// </summary>
internal readonly record struct ConvAtPositions(int Left) : IFloatOp
{
    (int Least, int Most) IOp.Operands => (3, 3);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        WindowsAtPositions windows = ConvPositions.Check(nameof(ConvAtPositions), inputs[0], inputs[1], inputs[2], Left);
        outputs[0] = new TensorSpec(inputs[0].DType, [windows.N, windows.O]);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        for (int i = 0; i < call.InputCount; i++) call.RowMajor(i);
        WindowsAtPositions windows = ConvPositions.Of(call.Input(0).Shape, call.Input(1).Shape, Left);
        return (in v) => windows.Forward(v.Input<T>(0), v.Input<T>(1), v.Input<long>(2), v.Output<T>(0));
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
        ConvPositions.Flops(outputs[0].Shape, inputs[1].Shape);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor dy = flow.Upstream(0), places = flow.Input(2);
        if (flow.Needs(0)) flow.Give(0, dy.Apply(new ConvAtPositionsInputGrad(Left, flow.InputSpec(0).Shape[1]), flow.Input(1), places));
        if (flow.Needs(1)) flow.Give(1, dy.Apply(new ConvAtPositionsWeightGrad(Left, flow.InputSpec(1).Shape[1]), flow.Input(0), places));
    }
}
