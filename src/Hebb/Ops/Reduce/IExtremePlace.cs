namespace Hebb.Ops;

/// <summary>y = the place of the most extreme element along an axis, the first of equals, as int64. It has no gradient.</summary>
public interface IExtremePlace : IOp, IKinked
{
    /// <summary>The axis.</summary>
    int Axis { get; }

    /// <summary>Whether the largest element is looked for, or the smallest.</summary>
    bool IsLargest { get; }

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Extreme.PlaceSpec(Name, inputs[0], Axis);

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Extreme.Places(inputs[0], Axis, outputs[0], IsLargest);

    void IOp.Grad(GradientFlow flow) { }

    Tensor IKinked.Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => outputs[0];
}
