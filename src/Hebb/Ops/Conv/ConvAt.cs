using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// y[n, o] = Σ x[n, p + k - left, c] w[o, k, c] over k and c, with p = places[n, o]: a correlation at one place for each sequence and filter. Operands x [N, T, C],
/// w [O, K, C] and places, int64 [N, O]; what lies outside of a sequence counts as 0.
/// </summary>
public readonly record struct ConvAt(int Left) : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        PlacedWindows windows = Placed.Check(nameof(ConvAt), inputs[0], inputs[1], inputs[2], Left);
        outputs[0] = new TensorSpec(inputs[0].DType, [windows.N, windows.O]);
    }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Tensor x = Elementwise.RowMajor(inputs[0]), w = Elementwise.RowMajor(inputs[1]), places = Elementwise.RowMajor(inputs[2]);
        PlacedWindows windows = Placed.Of(x.Shape, w.Shape, Left);
        if (x.DType == DType.Float32) windows.Forward<float>(x.Span<float>(), w.Span<float>(), places.Span<long>(), outputs[0].Span<float>());
        else windows.Forward<double>(x.Span<double>(), w.Span<double>(), places.Span<long>(), outputs[0].Span<double>());
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => Placed.Flops(outputs[0].Shape, inputs[1].Shape);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor dy = flow.Upstream(0), places = flow.Input(2);
        if (flow.Needs(0)) flow.Give(0, dy.Apply(new ConvAtInput(Left, flow.InputSpec(0).Shape[1]), flow.Input(1), places));
        if (flow.Needs(1)) flow.Give(1, dy.Apply(new ConvAtWeight(Left, flow.InputSpec(1).Shape[1]), flow.Input(0), places));
    }
}
