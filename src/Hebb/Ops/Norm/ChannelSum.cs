using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>y[c] = Σ x[n, c, ...] over all axes but the second: the gradient of a bias that each channel has one of.</summary>
public readonly record struct ChannelSum : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].Shape.Rank < 2 || !inputs[0].DType.IsFloat)
            throw new ShapeException($"ChannelSum got {inputs[0]}; it needs a floating-point tensor [N, C, ...].");
        outputs[0] = new TensorSpec(inputs[0].DType, [inputs[0].Shape[1]]);
    }

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Tensor x = inputs[0];
        if (!Channels.AreLast(x.Spec)) Reductions.Run<SumLane>(x, ~2u & ((1u << x.Rank) - 1), outputs[0]);
        else if (x.DType == DType.Float32) Run<float>(x, outputs[0]);
        else Run<double>(x, outputs[0]);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Shape shape = flow.InputSpec(0).Shape;
        flow.Give(0, flow.Upstream(0).Reshape(Channels.Broadcast(shape)).BroadcastTo(shape));
    }

    private static void Run<T>(Tensor x, Tensor sums) where T : unmanaged =>
        ChannelSums.Run<T>(ChannelGrid.ChannelsLast(x.Shape.Count / x.Shape[1], x.Shape[1], 1), x.Span<T>(), sums.Span<T>());
}
