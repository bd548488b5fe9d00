using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = x σ(x): the sigmoid linear unit, also called swish (Elfwing, Uchibe and Doya, 2018).</summary>
    public readonly record struct Silu : IUnary<Silu>
    {
        bool IElementwise.IsTranscendental => true;

        bool IUnary<Silu>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => x * V.Sigmoid(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new SiluGrad(), x);
    }

    /// <summary>dx = dy σ(x) (1 + x σ(-x))</summary>
    internal readonly record struct SiluGrad : IBinary<SiluGrad>
    {
        bool IElementwise.IsTranscendental => true;

        bool IBinary<SiluGrad>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x)
        {
            // Both from e^(-|x|): 1 - σ(x) would lose digits where σ(x) is near 1.
            V zero = V.Of(0), one = V.Of(1), e = V.Exp(x | V.Of(-0.0)), part = one / (one + e), rest = e * part;
            V s = V.SelectLess(x, zero, rest, part), other = V.SelectLess(x, zero, part, rest);
            return dy * (s * V.Fma(x, other, one));
        }

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply(this, b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y)
        {
            Tensor s = b.Sigmoid();
            return dy * a * s * (-b).Sigmoid() * (b * (1 - s * 2) + 2);
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
            /// <summary>x σ(x): the sigmoid linear unit, also called swish.</summary>
            public Tensor Silu() => x.Apply(new Silu());
        }
    }
}
