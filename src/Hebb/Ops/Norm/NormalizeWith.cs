using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = γ (x - μ) / √(σ² + ε) + β with given μ and σ²: batch normalisation in use. Operands x [N, C, ...], γ, β, μ and σ², each [C]; μ and σ² are
    /// constants, without gradients.
    /// </summary>
    public readonly record struct NormalizeWith(double Epsilon) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Channels.Check(nameof(NormalizeWith), inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
            outputs[0] = Channels.Lay(inputs[0]);
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (inputs[0].DType == DType.Float32) Run<float>(inputs, outputs[0]);
            else Run<double>(inputs, outputs[0]);
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

        private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor y) where T : unmanaged
        {
            Tensor x = Channels.Aligned(inputs[0], y.Spec), gamma = Elementwise.RowMajor(inputs[1]), beta = Elementwise.RowMajor(inputs[2]);
            Tensor mean = Elementwise.RowMajor(inputs[3]), variance = Elementwise.RowMajor(inputs[4]);
            BatchNorm.Infer<T>(
                Channels.Grid(y.Spec), x.Span<T>(), gamma.Span<T>(), beta.Span<T>(), mean.Span<T>(), variance.Span<T>(), Epsilon, y.Span<T>());
            foreach (Tensor used in (ReadOnlySpan<Tensor>)[x, gamma, beta, mean, variance]) GC.KeepAlive(used);
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
