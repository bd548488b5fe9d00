using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// Batch normalisation (Ioffe and Szegedy, 2015): y = γ (x - μ) / √(σ² + ε) + β with the mean μ and the biased variance σ² of each channel in the
    /// batch. Operands x [N, C, ...], γ [C], β [C]; results y, μ [C], σ² [C] and 1 / √(σ² + ε) [C], of which only y has a gradient.
    /// </summary>
    public readonly record struct BatchNormalize(double Epsilon) : IOp
    {
        int IOp.OutputCount => 4;

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Channels.Check(nameof(BatchNormalize), inputs[0], inputs[1], inputs[2]);
            if (inputs[0].Shape.Count == inputs[0].Shape[1])
                throw new ShapeException($"BatchNormalize got {inputs[0]}, one number a channel, which has no variance; use batches of at least 2, or evaluation mode.");
            outputs[0] = Channels.Lay(inputs[0]);
            outputs[1] = outputs[2] = outputs[3] = inputs[1].Fresh(inputs[1].DType);
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (inputs[0].DType == DType.Float32) Run<float>(inputs, outputs);
            else Run<double>(inputs, outputs);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            if (flow.HasUpstream(1) || flow.HasUpstream(2) || flow.HasUpstream(3))
                throw new InvalidOperationException("A gradient reached the mean or variance of BatchNormalize, which passes gradients only through its first result; compute the statistics with Mean and Variance instead.");
            Tensor[] gradients = flow.Upstream(0).ApplyAll(new BatchNormalizeGradient(Epsilon), flow.Input(0), flow.Input(1), flow.Output(1), flow.Output(3));
            for (int i = 0; i < gradients.Length; i++) flow.Give(i, gradients[i]);
        }

        private void Run<T>(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) where T : unmanaged
        {
            Tensor x = Channels.Aligned(inputs[0], outputs[0].Spec), gamma = Elementwise.RowMajor(inputs[1]), beta = Elementwise.RowMajor(inputs[2]);
            BatchNorm.Train<T>(
                Channels.Grid(outputs[0].Spec), x.Span<T>(), gamma.Span<T>(), beta.Span<T>(), Epsilon,
                outputs[0].Span<T>(), outputs[1].Span<T>(), outputs[2].Span<T>(), outputs[3].Span<T>());
            GC.KeepAlive(x);
            GC.KeepAlive(gamma);
            GC.KeepAlive(beta);
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
            /// <summary>
            /// Normalises each channel of [N, C, ...] over the batch, then scales and shifts: the result, and the batch's mean and biased variance of each
            /// channel.
            /// </summary>
            /// <exception cref="ShapeException">Sizes or types do not fit, or there is one number a channel.</exception>
            public (Tensor Y, Tensor Mean, Tensor Variance) BatchNormalize(Tensor gamma, Tensor beta, double epsilon = 1e-5)
            {
                Tensor[] results = x.ApplyAll(new BatchNormalize(epsilon), gamma, beta);
                return (results[0], results[1], results[2]);
            }
        }
    }
}
