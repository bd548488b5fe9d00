using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = γ (x - μ) / √(σ² + ε) + β with the mean μ and the biased variance σ² of each group of channels of each sample (Wu and He,
    /// Group Normalization, 2018). As many groups as channels normalize each channel alone. Operands x [N, C, ...] and, if there are
    /// three, γ [C] and β [C]; results y, μ and 1 / √(σ² + ε) of each group, of which only y has a gradient.
    /// </summary>
    public readonly record struct GroupNormalize(int Groups, double Epsilon) : IFloatOp
    {
        int IOp.OutputCount => 3;

        (int Least, int Most) IOp.Operands => (1, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec x = inputs[0];
            if (x.Shape.Rank < 2 || Groups < 1 || x.Shape[1] % Groups != 0 || !x.DType.IsFloat)
            {
                throw new ShapeException(
                    $"GroupNormalize in {Groups} groups got {x}; "
                    + "it needs a floating-point tensor [N, C, ...] with C a multiple of the groups.");
            }
            NormalizedRows.Infer(nameof(GroupNormalize), Epsilon, inputs, Shape.Size((long)x.Shape[0] * Groups), [x.Shape[1]], outputs);
        }

        Kernel IFloatKernel.Bind<T>(ref OpCall call) => NormalizedRows.Bind<T>(Groups, Epsilon, ref call);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => NormalizedRows.Grad(Groups, Epsilon, flow);

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(GroupNormalize), PrintMembers);
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
            /// (x - μ) / √(σ² + ε) with the mean and biased variance of each group of channels of each sample of [N, C, ...].
            /// </summary>
            /// <param name="groups">How many groups the channels are cut into, in order; they must divide the channels.</param>
            /// <param name="epsilon">ε, positive.</param>
            /// <exception cref="ShapeException">The groups do not divide the channels, or a group has fewer than two numbers.</exception>
            public Tensor GroupNormalize(int groups, double epsilon = 1e-5) => x.ApplyAll(new GroupNormalize(groups, epsilon))[0];

            /// <summary>
            /// γ (x - μ) / √(σ² + ε) + β with the mean and biased variance of each group of channels of each sample of [N, C, ...].
            /// </summary>
            /// <param name="groups">How many groups the channels are cut into, in order; they must divide the channels.</param>
            /// <param name="gamma">γ [C].</param>
            /// <param name="beta">β [C].</param>
            /// <param name="epsilon">ε, positive.</param>
            /// <exception cref="ShapeException">Sizes or types do not fit, or a group has fewer than two numbers.</exception>
            public Tensor GroupNormalize(int groups, Tensor gamma, Tensor beta, double epsilon = 1e-5) =>
                x.ApplyAll(new GroupNormalize(groups, epsilon), gamma, beta)[0];
        }
    }
}
