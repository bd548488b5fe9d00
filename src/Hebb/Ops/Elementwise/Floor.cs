using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = ⌊x⌋, the largest whole number not above x; the derivative is 0.</summary>
    public readonly record struct Floor : IFlat<Floor>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.Floor(x);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>⌊x⌋, the largest whole number not above x; the derivative is 0.</summary>
            public Tensor Floor() => x.Apply(new Floor());
        }
    }
}
