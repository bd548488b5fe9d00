using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// Zeros of the target shape in which x stands at the positions that start at Starts and lie Steps apart: what a slice's gradient is.
/// </summary>
internal readonly record struct TakeSliceGrad(Shape Target, Dims Starts, Dims Steps) : IAnyOp
{
    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(inputs[0].DType, Target);

    Kernel IAnyKernel.Bind<T>(ref OpCall call)
    {
        Kernel put = Views.Put(0, call.Input(0), call.Output(0), new TakeSlice(Starts, call.Input(0).Shape.Sizes, Steps));
        return (in v) =>
        {
            v.Output<T>(0).Clear();
            put(v);
        };
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) =>
        flow.Give(0, flow.Upstream(0).Apply(new TakeSlice(Starts, flow.InputSpec(0).Shape.Sizes, Steps)));
}
