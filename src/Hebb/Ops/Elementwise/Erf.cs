using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = erf x = (2/√π) ∫₀ˣ e^(-t²) dt: the error function.</summary>
    public readonly record struct Erf : IUnary<Erf>
    {
        bool IElementwise.IsTranscendental => true;

        /// <summary>2 / √π</summary>
        private const double SlopeAtZero = 1.1283791670955126;

        bool IUnary<Erf>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Erf(x);

        /// <inheritdoc/>
        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * (-x.Square()).Exp() * SlopeAtZero;
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>erf x = (2/√π) ∫₀ˣ e^(-t²) dt: the error function.</summary>
            public Tensor Erf() => x.Apply(new Erf());
        }
    }
}
