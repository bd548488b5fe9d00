using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = ln(1 + e^(Beta x)) / Beta, a smooth max(0, x); neither overflows for large x nor loses small values.</summary>
    public readonly record struct Softplus(double Beta) : IUnary<Softplus>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Softplus>.ReadsOutput => false;

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            outputs[0] = Elementwise.Infer(nameof(Softplus), inputs[0]);
            ElementTypes.RequireHeld(Beta, inputs[0].DType);
        }

        // What is above 0 stands beside the logarithm, so that Beta x overflows only where the logarithm is 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.GreaterOf(V.Of(0), x) + V.Softplus(V.Abs(x) * V.Of(-Beta)) / V.Of(Beta);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * (x * Beta).Sigmoid();

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Softplus), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>ln(1 + e^(beta x)) / beta, a smooth max(0, x); neither overflows for large x nor loses small values.</summary>
            /// <exception cref="ArgumentOutOfRangeException">beta is not positive.</exception>
            public Tensor Softplus(double beta = 1)
            {
                Argument.Above(beta, 0);
                return x.Apply(new Softplus(beta));
            }
        }
    }
}
