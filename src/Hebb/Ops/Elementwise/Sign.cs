using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = 1 for x &gt; 0, -1 for x &lt; 0, and 0 at 0; the derivative is 0.</summary>
    public readonly record struct Sign : IFlat<Sign>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => V.SelectLess(V.Of(0), x, V.Of(1), V.SelectLess(x, V.Of(0), V.Of(-1), x));
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
            /// 1 for x &gt; 0, -1 for x &lt; 0, and 0 at 0; the derivative is 0. <see cref="SignStep"/> gives a zero one of the two signs.
            /// </summary>
            public Tensor Sign() => x.Apply(new Sign());
        }
    }
}
