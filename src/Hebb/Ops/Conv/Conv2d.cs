using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// y[n, o, i, j] = b[o] + Σ x[n, c, i·s + u·d - p, j·s + v·d - p] · w[o, c, u, v], summed over c, u, v: cross-correlation, the kernel is not
/// flipped. Operands x [N, C, H, W], w [O, C / groups, KH, KW] and, if there are three, b [O]; y is [N, O, H', W'].
/// </summary>
public readonly record struct Conv2d(ConvWindow Window) : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        ConvShape shape = ConvOps.Check(nameof(Conv2d), inputs[0], inputs[1], Window);
        if (inputs.Length > 2 && (inputs[2].Shape != [shape.OutC] || inputs[2].DType != inputs[0].DType))
            throw new ShapeException($"Conv2d with {shape.OutC} filters got a bias {inputs[2]}; it needs one {inputs[0].DType.Name} for each filter.");
        outputs[0] = ConvOps.Images(shape, inputs[0].DType, shape.OutC, shape.OutH, shape.OutW);
    }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (inputs[0].DType == DType.Float32) Run<float>(inputs, outputs[0]);
        else Run<double>(inputs, outputs[0]);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor dy = flow.Upstream(0);
        if (flow.Needs(0)) flow.Give(0, dy.Apply(new Conv2dInput(Window, flow.InputSpec(0).Shape), flow.Input(1)));
        if (flow.Needs(1)) flow.Give(1, flow.Input(0).Apply(new Conv2dWeight(Window, flow.InputSpec(1).Shape), dy));
        if (flow.InputCount > 2 && flow.Needs(2)) flow.Give(2, dy.Apply(new ChannelSum()));
    }

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor y) where T : unmanaged
    {
        Tensor x = inputs[0], w = inputs[1].Contiguous();
        ConvShape shape = Window.Of(x.Shape, w.Shape);
        ReadOnlySpan<T> bias = inputs.Length > 2 ? inputs[2].Contiguous().Span<T>() : default;
        Conv.Forward(shape, x.Span<T>(), x.Spec.Strides, w.Span<T>(), bias, y.Span<T>(), y.Spec.Strides);
        GC.KeepAlive(w);
    }
}

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
        if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], inputs[1].Contiguous(), outputs[0]);
        else Run<double>(inputs[0], inputs[1].Contiguous(), outputs[0]);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0);
        if (flow.Needs(0)) flow.Give(0, g.Apply(new Conv2d(Window), flow.Input(1)));
        if (flow.Needs(1)) flow.Give(1, g.Apply(new Conv2dWeight(Window, flow.InputSpec(1).Shape), flow.Input(0)));
    }

    private void Run<T>(Tensor dy, Tensor w, Tensor dx) where T : unmanaged
    {
        Conv.InputGradient(Window.Of(InputShape, w.Shape), dy.Span<T>(), dy.Spec.Strides, w.Span<T>(), dx.Span<T>(), dx.Spec.Strides);
        GC.KeepAlive(w);
    }
}

/// <summary>The gradient of a convolution with respect to its weights: operands x [N, C, H, W] and dy [N, O, H', W']; the result has the weights' shape.</summary>
public readonly record struct Conv2dWeight(ConvWindow Window, Shape WeightShape) : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        TensorSpec weight = new(inputs[0].DType, WeightShape);
        ConvShape shape = ConvOps.Check(nameof(Conv2dWeight), inputs[0], weight, Window);
        ConvOps.CheckGradient(nameof(Conv2dWeight), inputs[1], shape);
        outputs[0] = weight;
    }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (inputs[0].DType == DType.Float32) Run<float>(inputs[0], inputs[1], outputs[0]);
        else Run<double>(inputs[0], inputs[1], outputs[0]);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Tensor g = flow.Upstream(0);
        if (flow.Needs(0)) flow.Give(0, flow.Input(1).Apply(new Conv2dInput(Window, flow.InputSpec(0).Shape), g));
        if (flow.Needs(1)) flow.Give(1, flow.Input(0).Apply(new Conv2d(Window), g));
    }

    private void Run<T>(Tensor x, Tensor dy, Tensor dw) where T : unmanaged =>
        Conv.WeightGradient(Window.Of(x.Shape, WeightShape), x.Span<T>(), x.Spec.Strides, dy.Span<T>(), dy.Spec.Strides, dw.Span<T>());
}

/// <summary>y[c] = Σ x[n, c, ...] over all axes but the second: the gradient of a bias that each channel has one of.</summary>
public readonly record struct ChannelSum : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].Shape.Rank < 2 || !inputs[0].DType.IsFloat)
            throw new ShapeException($"ChannelSum got {inputs[0]}; it needs a floating-point tensor [N, C, ...].");
        outputs[0] = new TensorSpec(inputs[0].DType, [inputs[0].Shape[1]]);
    }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) =>
        Reductions.Run(new SumLane(), inputs[0], ~2u & ((1u << inputs[0].Rank) - 1), outputs[0]);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Shape shape = flow.InputSpec(0).Shape, channels = shape.With(0, 1);
        for (int i = 2; i < shape.Rank; i++) channels = channels.With(i, 1);
        flow.Give(0, flow.Upstream(0).Reshape(channels).BroadcastTo(shape));
    }
}

/// <summary>Checks that convolutions share.</summary>
internal static class ConvOps
{
    public static ConvShape Check(string op, in TensorSpec x, in TensorSpec w, in ConvWindow window)
    {
        if (x.Shape.Rank != 4 || !x.DType.IsFloat)
            throw new ShapeException($"{op} got images {x}; it needs a floating-point tensor [N, C, H, W].");
        if (w.Shape.Rank != 4 || w.DType != x.DType)
            throw new ShapeException($"{op} got weights {w} for images {x}; it needs weights [O, C / groups, KH, KW] of the images' type.");
        if (window.Groups < 1 || w.Shape[1] * window.Groups != x.Shape[1] || w.Shape[0] % window.Groups != 0)
            throw new ShapeException($"{op} got weights {w.Shape} in {window.Groups} groups for images of {x.Shape[1]} channels; weights are [O, C / groups, KH, KW] with O a multiple of the groups.");
        ConvShape shape = window.Of(x.Shape, w.Shape);
        if (shape.OutH < 1 || shape.OutW < 1 || window.StrideH < 1 || window.StrideW < 1)
            throw new ShapeException($"{op} slides a {w.Shape[2]}x{w.Shape[3]} kernel with {window} over images of {x.Shape[2]}x{x.Shape[3]}, where it does not fit; pad the images or take a smaller kernel.");
        return shape;
    }

    public static void CheckGradient(string op, in TensorSpec dy, in ConvShape shape)
    {
        if (dy.Shape != [shape.N, shape.OutC, shape.OutH, shape.OutW])
            throw new ShapeException($"{op} got a gradient {dy}; the convolution gave [{shape.N}, {shape.OutC}, {shape.OutH}, {shape.OutW}].");
    }

    /// <summary>A stack of images in the layout in which the convolution's kernels are fastest.</summary>
    public static TensorSpec Images(in ConvShape shape, DType dtype, int channels, int height, int width) =>
        new(dtype, [shape.N, channels, height, width], Conv.ChooseLayout(shape).Strides(shape.N, channels, height, width));
}

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>Cross-correlates images [N, C, H, W] with filters [O, C / groups, KH, KW] and adds a bias [O] if one is given.</summary>
        /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
        public Tensor Conv2d(Tensor weight, Tensor? bias = null, ConvWindow? window = null)
        {
            Conv2d op = new(window ?? ConvWindow.Square());
            return bias is null ? x.Apply(op, weight) : x.Apply(op, weight, bias);
        }
    }
}
