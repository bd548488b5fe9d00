namespace Hebb;

/// <summary>Writes b into a, which is memory outside the graph, such as a running average: the one op that changes something.</summary>
internal readonly record struct Assignment : IOp
{
    int IOp.OutputCount => 0;

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) { }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Elementwise.Copy(inputs[1], inputs[0]);
        inputs[0].Storage.Touch();
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => 0;

    void IOp.Grad(GradientFlow flow) { }
}
