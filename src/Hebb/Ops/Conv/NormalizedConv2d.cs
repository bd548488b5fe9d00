namespace Hebb.Ops;

/// <summary>
/// y = γ (conv(x, w) + b - μ) / √(σ² + ε) + β: <see cref="Conv2d"/> and then <see cref="NormalizeWith"/>, with the same bits, in one
/// kernel. Operands x, w, b if there are seven, and γ, β, μ and σ², each [O]; μ and σ² are constants, without gradients.
/// </summary>
internal readonly record struct NormalizedConv2d(Conv2d Convolution, NormalizeWith Normalization) : IPairActivated
{
    /// <summary>How many operands the normalization has beside the convolution's result.</summary>
    public const int Statistics = 4;

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        Infer(Convolution, inputs[..^Statistics], outputs);
        Infer(Normalization, [outputs[0], .. inputs[^Statistics..]], outputs);

        static void Infer<TOp>(TOp op, ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) where TOp : IOp =>
            op.Infer(inputs, outputs);
    }

    void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        Lay(Convolution, inputs[..^Statistics], outputs);

        static void Lay<TOp>(TOp op, ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) where TOp : IOp => op.Lay(inputs, outputs);
    }

    Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther) =>
        Convolution.Bind<T, F>(ref call, f, hasOther, Normalization.Epsilon);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        int statistics = flow.InputCount - Statistics;
        Tensor[] operands = [.. Enumerable.Range(0, statistics).Select(i => flow.Input(i))];
        Tensor sums = operands[0].ApplyAll(Convolution, operands[1..])[0];
        Convolution.Grad(flow, Normalization.Grad(flow, flow.Upstream(0), sums, statistics), statistics > 2);
    }
}
