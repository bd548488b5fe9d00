using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = x Φ(x) = x (1 + erf(x/√2)) / 2: the Gaussian error linear unit (Hendrycks and Gimpel, 2016).</summary>
    public readonly record struct Gelu : IUnary<Gelu>
    {
        bool IElementwise.IsTranscendental => true;

        /// <summary>1 / √(2π)</summary>
        internal const double DensityAtZero = 0.39894228040143268;

        bool IUnary<Gelu>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => x * V.Normal(x, out _);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy.Apply(new GeluGrad(), x);
    }

    /// <summary>dx = dy (Φ(x) + x φ(x)) with the standard normal distribution Φ and its density φ</summary>
    internal readonly record struct GeluGrad : IBinary<GeluGrad>
    {
        bool IElementwise.IsTranscendental => true;

        bool IBinary<GeluGrad>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V dy, V x)
        {
            V below = V.Normal(x, out V bell);
            return dy * V.Fma(x * V.Of(Gelu.DensityAtZero), bell, below);
        }

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply(this, b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y)
        {
            // Beyond ±64 the bell is 0, and further out the square would be infinite.
            Tensor square = b.Clip(-64, 64, slopeAtEnds: 0).Square();
            return dy * a * (square * -0.5).Exp() * (2 - square) * Gelu.DensityAtZero;
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
            /// <summary>x Φ(x) = x (1 + erf(x/√2)) / 2: the Gaussian error linear unit.</summary>
            public Tensor Gelu() => x.Apply(new Gelu());

            /// <summary>
            /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 = x σ(2√(2/π) (x + 0.044715 x³)): an approximation of <c>Gelu</c> that older
            /// models were trained with.
            /// </summary>
            public Tensor GeluTanh()
            {
                // Beyond ±64 the logistic function is 1 or 0 to the last digit and flat, and the cube would overflow further out.
                Tensor near = x.Clip(-64, 64, slopeAtEnds: 0);
                return x * ((near + near * near.Square() * 0.044715) * (2 * Math.Sqrt(2 / Math.PI))).Sigmoid();
            }
        }
    }
}
