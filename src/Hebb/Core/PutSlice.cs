using Hebb.Kernels;

namespace Hebb;

/// <summary>Zeros of the target shape in which x stands at the positions that start at Starts and lie Steps apart: what a slice's gradient is.</summary>
public readonly record struct PutSlice(Shape Target, Dims Starts, Dims Steps) : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(inputs[0].DType, Target);

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        outputs[0].Fill(0);
        Placement.Put(inputs[0], outputs[0], new TakeSlice(Starts, inputs[0].Shape.Sizes, Steps));
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new TakeSlice(Starts, flow.InputSpec(0).Shape.Sizes, Steps)));
}
