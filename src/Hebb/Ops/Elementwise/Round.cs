using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = the nearest whole number, halves to even; the derivative is 0.</summary>
    public readonly record struct Round : IFlat<Round>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Round(x);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The nearest whole number, halves to even; the derivative is 0.</summary>
            public Tensor Round() => x.Apply(new Round());
        }
    }
}
