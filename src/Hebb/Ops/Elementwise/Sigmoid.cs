using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = σ(x) = 1 / (1 + e⁻ˣ): the logistic function; stable for large |x|.</summary>
    public readonly record struct Sigmoid : IUnary<Sigmoid>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Sigmoid>.ReadsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Sigmoid(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new SigmoidGrad(), y);
    }

    /// <summary>dx = dy y (1 - y)</summary>
    internal readonly record struct SigmoidGrad : IBinary<SigmoidGrad>
    {
        bool IBinary<SigmoidGrad>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V y) => dy * y * (V.Of(1) - y);

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply(this, b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => dy * a * (1 - b * 2);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>σ(x) = 1 / (1 + e⁻ˣ): the logistic function; stable for large |x|.</summary>
            public Tensor Sigmoid() => x.Apply(new Sigmoid());
        }
    }
}
