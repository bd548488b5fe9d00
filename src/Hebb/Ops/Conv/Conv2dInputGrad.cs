using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradient of a convolution with respect to its input: operands dy [N, O, H', W'] and w; the result has the input's shape.
/// </summary>
internal readonly record struct Conv2dInputGrad(ConvWindow Window, Shape InputShape) : IPairActivated
{
    (int Least, int Most) IOp.Operands => (2, 2);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        ConvShape shape = ConvOps.Check(nameof(Conv2dInputGrad), new TensorSpec(inputs[0].DType, InputShape), inputs[1], Window);
        ConvOps.CheckGradient(nameof(Conv2dInputGrad), inputs[0], shape);
        outputs[0] = new TensorSpec(inputs[0].DType, InputShape);
    }

    void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
        outputs[0] = ConvOps.Lay(Window.Of(InputShape, inputs[1].Shape), outputs[0]);

    Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther)
    {
        ConvShape shape = Window.Of(InputShape, call.RowMajor(1).Shape);
        ConvLayout layout = Conv.ChooseLayout<T>(shape);
        CorrelationPlan<T> plan = CorrelationPlan<T>.InputGradient(shape, layout, call.Input(0).Strides, call.Output(0).Strides);
        if (hasOther) call.Laid(2, call.Output(0));
        return (in v) => plan.Run(
            v.Input<T>(0), v.Input<T>(1), [], v.Output<T>(0), f, other: hasOther ? v.Input<T>(2) : default);
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => Window.Of(InputShape, inputs[1].Shape).Flops;

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0);
        if (flow.Needs(0)) flow.Give(0, g.Apply(new Conv2d(Window), flow.Input(1)));
        if (flow.Needs(1)) flow.Give(1, g.Apply(new Conv2dWeightGrad(Window, flow.InputSpec(1).Shape), flow.Input(0)));
    }
}
