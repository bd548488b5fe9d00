using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = γ (x - μ) / √(σ² + ε) + β with the mean μ and the biased variance σ² over the last axes (Ba, Kiros and Hinton, Layer
    /// Normalization, 2016). Operands x [..., D...] and, if there are three, γ [D...] and β [D...]; results y, μ and 1 / √(σ² + ε) of
    /// each row, of which only y has a gradient.
    /// </summary>
    public readonly record struct LayerNormalize(int Axes, double Epsilon) : IFloatOp
    {
        int IOp.OutputCount => 3;

        (int Least, int Most) IOp.Operands => (1, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec x = inputs[0];
            if (Axes < 1 || Axes > x.Shape.Rank || !x.DType.IsFloat)
                throw new ShapeException($"LayerNormalize over {Axes} axes got {x}; it needs a floating-point tensor that has as many.");
            int first = x.Shape.Rank - Axes, rows = 1;
            for (int i = 0; i < first; i++) rows *= x.Shape[i];
            NormalizedRows.Infer(nameof(LayerNormalize), Epsilon, inputs, rows, new Shape(x.Shape.AsSpan()[first..]), outputs);
        }

        Kernel IFloatKernel.Bind<T>(ref OpCall call) => NormalizedRows.Bind<T>(1, Epsilon, ref call);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => NormalizedRows.Grad(1, Epsilon, flow);

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(LayerNormalize), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>(x - μ) / √(σ² + ε) with the mean and biased variance of each row over the last axes.</summary>
            /// <param name="axes">How many of the last axes make up a row.</param>
            /// <param name="epsilon">ε, positive.</param>
            /// <exception cref="ShapeException">There are fewer axes, or a row has fewer than two numbers.</exception>
            public Tensor LayerNormalize(int axes = 1, double epsilon = 1e-5) => x.ApplyAll(new LayerNormalize(axes, epsilon))[0];

            /// <summary>
            /// γ (x - μ) / √(σ² + ε) + β with the mean and biased variance of each row over the last axes, which are those of γ and β.
            /// </summary>
            /// <param name="gamma">γ, of the sizes of the last axes.</param>
            /// <param name="beta">β, of the same sizes.</param>
            /// <param name="epsilon">ε, positive.</param>
            /// <exception cref="ShapeException">Sizes or types do not fit, or a row has fewer than two numbers.</exception>
            public Tensor LayerNormalize(Tensor gamma, Tensor beta, double epsilon = 1e-5) =>
                x.ApplyAll(new LayerNormalize(gamma.Rank, epsilon), gamma, beta)[0];
        }
    }
}
