using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradient of a convolution with respect to its weights: operands x [N, C, H, W] and dy [N, O, H', W'];
/// the result has the weights' shape.
/// </summary>
internal readonly record struct Conv2dWeightGrad(ConvWindow Window, Shape WeightShape) : IFloatOp
{
    (int Least, int Most) IOp.Operands => (2, 2);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        TensorSpec weight = new(inputs[0].DType, WeightShape);
        ConvShape shape = ConvOps.Check(nameof(Conv2dWeightGrad), inputs[0], weight, Window);
        ConvOps.CheckGradient(nameof(Conv2dWeightGrad), inputs[1], shape);
        outputs[0] = weight;
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        ConvShape shape = Window.Of(call.Input(0).Shape, WeightShape);
        ConvLayout layout = Conv.ChooseLayout<T>(shape);
        WeightGradientPlan<T> plan = WeightGradientPlan<T>.Of(shape, layout, call.Input(0).Strides, call.Input(1).Strides, hasBias: false);
        return (in v) => plan.Run(v.Input<T>(0), v.Input<T>(1), v.Output<T>(0), []);
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => Window.Of(inputs[0].Shape, WeightShape).Flops;

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0);
        if (flow.Needs(0)) flow.Give(0, flow.Input(1).Apply(new Conv2dInputGrad(Window, flow.InputSpec(0).Shape), g));
        if (flow.Needs(1)) flow.Give(1, flow.Input(0).Apply(new Conv2d(Window), g));
    }
}
