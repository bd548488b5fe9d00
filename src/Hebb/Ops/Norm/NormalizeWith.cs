using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = γ (x - μ) / √(σ² + ε) + β with given μ and σ²: batch normalisation in use. Operands x [N, C, ...], γ, β, μ and σ², each [C]; μ and σ² are
    /// constants, without gradients.
    /// </summary>
    public readonly record struct NormalizeWith(double Epsilon) : IFloatOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Channels.Check(nameof(NormalizeWith), inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Channels.Lay(inputs[0]);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            call.Laid(0, call.Output(0));
            for (int i = 1; i < call.InputCount; i++) call.RowMajor(i);
            (ChannelGrid grid, double epsilon) = (Channels.Grid(call.Output(0)), Epsilon);
            return (in v) => BatchNorm.Infer(grid, v.Input<T>(0), v.Input<T>(1), v.Input<T>(2), v.Input<T>(3), v.Input<T>(4), epsilon, v.Output<T>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0), x = flow.Input(0), mean = flow.Input(3), variance = flow.Input(4);
            Shape channels = Channels.Broadcast(x.Shape);
            Tensor inverse = (1 / (variance + Epsilon).Sqrt()).Reshape(channels);
            if (flow.Needs(0)) flow.Give(0, dy * (inverse * flow.Input(1).Reshape(channels)));
            if (flow.Needs(1)) flow.Give(1, (dy * ((x - mean.Reshape(channels)) * inverse)).Apply(new ChannelSum()));
            if (flow.Needs(2)) flow.Give(2, dy.Apply(new ChannelSum()));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>Normalises each channel of [N, C, ...] with a given mean and variance, then scales and shifts.</summary>
            /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
            public Tensor NormalizeWith(Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double epsilon = 1e-5) =>
                x.Apply(new NormalizeWith(epsilon), gamma, beta, mean, variance);
        }
    }
}
