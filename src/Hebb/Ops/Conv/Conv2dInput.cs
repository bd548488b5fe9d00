using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>The gradient of a convolution with respect to its input: operands dy [N, O, H', W'] and w; the result has the input's shape.</summary>
public readonly record struct Conv2dInput(ConvWindow Window, Shape InputShape) : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        ConvShape shape = ConvOps.Check(nameof(Conv2dInput), new TensorSpec(inputs[0].DType, InputShape), inputs[1], Window);
        ConvOps.CheckGradient(nameof(Conv2dInput), inputs[0], shape);
        outputs[0] = ConvOps.Images(shape, inputs[0].DType, shape.C, shape.H, shape.W);
    }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], Elementwise.RowMajor(inputs[1]), outputs[0]);
        else Run<double>(inputs[0], Elementwise.RowMajor(inputs[1]), outputs[0]);
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => Window.Of(InputShape, inputs[1].Shape).Flops;

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0);
        if (flow.Needs(0)) flow.Give(0, g.Apply(new Conv2d(Window), flow.Input(1)));
        if (flow.Needs(1)) flow.Give(1, g.Apply(new Conv2dWeight(Window, flow.InputSpec(1).Shape), flow.Input(0)));
    }

    private void Run<T>(Tensor dy, Tensor w, Tensor dx) where T : unmanaged
    {
        ConvShape shape = Window.Of(InputShape, w.Shape);
        Conv.InputGradient(shape, Conv.ChooseLayout<T>(shape), dy.Span<T>(), dy.Spec.Strides, w.Span<T>(), dx.Span<T>(), dx.Spec.Strides);
        GC.KeepAlive(w);
    }
}
