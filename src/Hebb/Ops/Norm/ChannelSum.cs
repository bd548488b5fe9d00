using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>y[c] = Σ x[n, c, ...] over all axes but the second: the gradient of a bias that each channel has one of.</summary>
public readonly record struct ChannelSum : IFloatOp
{
    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].Shape.Rank < 2 || !inputs[0].DType.IsFloat)
            throw new ShapeException($"ChannelSum got {inputs[0]}; it needs a floating-point tensor [N, C, ...].");
        outputs[0] = new TensorSpec(inputs[0].DType, [inputs[0].Shape[1]]);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        TensorSpec x = call.Input(0);
        if (!Channels.AreLast(x)) return Reductions.Bind<SumLane>(~2u & ((1u << x.Shape.Rank) - 1), ref call);
        ChannelGrid grid = ChannelGrid.ChannelsLast(x.Shape.Count / x.Shape[1], x.Shape[1], 1);
        return (in v) => ChannelSums.Run(grid, v.Input<T>(0), v.Output<T>(0));
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow)
    {
        Shape shape = flow.InputSpec(0).Shape;
        flow.Give(0, flow.Upstream(0).Reshape(Channels.Broadcast(shape)).BroadcastTo(shape));
    }
}
