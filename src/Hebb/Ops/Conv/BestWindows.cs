using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// places[n, o] = the step p that counts with the largest Σ x[n, p + k - left, c] w[o, k, c] over k and c, the first of equals; 0 where no
/// step counts. Operands x [N, T, C], w [O, K, C] and, if there are three, a mask, bool [N, T]. The places, int64 [N, O], have no gradient.
/// </summary>
public readonly record struct BestWindows(int Left) : IFloatOp, IKinked
{
    (int Least, int Most) IOp.Operands => (2, 3);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        (TensorSpec x, TensorSpec w) = (inputs[0], inputs[1]);
        WindowsAtPositions windows = ConvPositions.Check(nameof(BestWindows), x, w, Left);
        if (windows.Steps == 0 || windows.K == 0)
            throw new ShapeException($"BestWindows got sequences {x} and filters {w}; there must be at least one step of each.");
        if (inputs.Length > 2 && (inputs[2].DType != DType.Bool || inputs[2].Shape != [windows.N, windows.Steps]))
            throw new ShapeException($"BestWindows got a mask {inputs[2]} for sequences {x}; it needs bool[{windows.N}, {windows.Steps}].");
        outputs[0] = new TensorSpec(DType.Int64, [windows.N, windows.O]);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        WindowsAtPositions windows = ConvPositions.Of(call.RowMajor(0).Shape, call.RowMajor(1).Shape, Left);
        bool hasMask = call.InputCount > 2;
        if (hasMask) call.RowMajor(2);
        return (in v) =>
            Kernels.BestWindows.Find(windows, v.Input<T>(0), v.Input<T>(1), hasMask ? v.Input<bool>(2) : default, v.Output<long>(0));
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
        inputs[0].Shape[1] * ConvPositions.Flops(outputs[0].Shape, inputs[1].Shape);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) { }

    /// <inheritdoc/>
    public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => outputs[0];

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(BestWindows), PrintMembers);
}
