using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = tanh x = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ) = 2σ(2x) - 1</summary>
    public readonly record struct Tanh : IUnary<Tanh>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Tanh>.ReadsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Tanh(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new TanhGrad(), y);
    }

    /// <summary>dx = dy (1 - y²)</summary>
    internal readonly record struct TanhGrad : IBinary<TanhGrad>
    {
        bool IBinary<TanhGrad>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V y) => dy * V.Fma(-y, y, V.Of(1));

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply(this, b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => dy * a * b * -2;
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>tanh x = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ)</summary>
            public Tensor Tanh() => x.Apply(new Tanh());
        }
    }
}
