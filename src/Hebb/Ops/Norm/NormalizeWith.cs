using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = γ (x - μ) / √(σ² + ε) + β with given μ and σ²: batch normalization in use. Operands x [N, C, ...], γ, β, μ and σ², each [C]; μ
    /// and σ² are constants, without gradients.
    /// </summary>
    public readonly record struct NormalizeWith(double Epsilon) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (5, 5);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Channels.Check(nameof(NormalizeWith), inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
            Channels.CheckEpsilon(Epsilon, inputs[0]);
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Channels.Lay(inputs[0]);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            call.Laid(0, call.Output(0));
            for (int i = 1; i < call.InputCount; i++) call.RowMajor(i);
            (ChannelGrid grid, double epsilon) = (Channels.Grid(call.Output(0)), Epsilon);
            return (in v) =>
                BatchNorm.Infer(grid, v.Input<T>(0), v.Input<T>(1), v.Input<T>(2), v.Input<T>(3), v.Input<T>(4), epsilon, v.Output<T>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dx = Grad(flow, flow.Upstream(0), flow.Input(0), 1);
            if (flow.Needs(0)) flow.Give(0, dx);
        }

        /// <summary>Gives γ and β, which are the operands from number <paramref name="gamma"/> on, their gradients.</summary>
        /// <returns>dx for dy = ∂L/∂y.</returns>
        internal Tensor Grad(GradientFlow flow, Tensor dy, Tensor x, int gamma)
        {
            Shape channels = Channels.Broadcast(x.Shape);
            Tensor mean = flow.Input(gamma + 2).Reshape(channels);
            Tensor inverse = (1 / (flow.Input(gamma + 3) + Epsilon).Sqrt()).Reshape(channels);
            if (flow.Needs(gamma)) flow.Give(gamma, (dy * ((x - mean) * inverse)).Apply(new ChannelSum()));
            if (flow.Needs(gamma + 1)) flow.Give(gamma + 1, dy.Apply(new ChannelSum()));
            return dy * (inverse * flow.Input(gamma).Reshape(channels));
        }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(NormalizeWith), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>Normalizes each channel of [N, C, ...] with a given mean and variance, then scales and shifts.</summary>
            /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
            public Tensor NormalizeWith(Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double epsilon = 1e-5) =>
                x.Apply(new NormalizeWith(epsilon), gamma, beta, mean, variance);
        }
    }
}
