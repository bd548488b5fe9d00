using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// Batch normalization (Ioffe and Szegedy, 2015): y = γ (x - μ) / √(σ² + ε) + β with the mean μ and the biased variance σ² of each
    /// channel in the batch. Operands x [N, C, ...], γ [C], β [C]; results y, μ [C], σ² [C] and 1 / √(σ² + ε) [C], of which only y has a
    /// gradient.
    /// </summary>
    public readonly record struct BatchNormalize(double Epsilon) : IPairActivated
    {
        int IOp.OutputCount => 4;

        (int Least, int Most) IOp.Operands => (3, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Channels.Check(nameof(BatchNormalize), inputs[0], inputs[1], inputs[2]);
            Channels.CheckEpsilon(Epsilon, inputs[0]);
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);
            outputs[1] = outputs[2] = outputs[3] = new TensorSpec(inputs[1].DType, inputs[1].Shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Channels.Lay(inputs[0]);

        Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther)
        {
            // Shapes alone pass through with any batch.
            if (call.Input(0).Shape.Count > 0 && call.Input(0).Shape.Count == call.Input(0).Shape[1])
                throw new ShapeException($"BatchNormalize got {call.Input(0)}, one number a channel, which has no variance; "
                    + "use batches of at least 2 (DropsLast leaves out a last one of 1), or evaluation mode.");
            for (int i = 0; i < call.InputCount; i++)
            {
                if (i is 0 or 3) call.Laid(i, call.Output(0));
                else call.RowMajor(i);
            }
            (ChannelGrid grid, double epsilon) = (Channels.Grid(call.Output(0)), Epsilon);
            return (in v) => BatchNorm.Train(
                grid, v.Input<T>(0), v.Input<T>(1), v.Input<T>(2), epsilon, f, hasOther ? v.Input<T>(3) : default,
                v.Output<T>(0), v.Output<T>(1), v.Output<T>(2), v.Output<T>(3));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            if (flow.HasUpstream(1) || flow.HasUpstream(2) || flow.HasUpstream(3))
                throw new InvalidOperationException("A gradient reached the mean or variance of BatchNormalize, which passes gradients "
                    + "only through its first result; compute the statistics with Mean and Variance instead.");
            Tensor[] gradients =
                flow.Upstream(0).ApplyAll(new BatchNormalizeGrad(Epsilon), flow.Input(0), flow.Input(1), flow.Output(1), flow.Output(3));
            for (int i = 0; i < gradients.Length; i++) flow.Give(i, gradients[i]);
        }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(BatchNormalize), PrintMembers);
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
            /// Normalizes each channel of [N, C, ...] over the batch, then scales and shifts: the result, and the batch's mean and biased
            /// variance of each channel.
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
