using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = ⌈x⌉, the smallest whole number not below x; the derivative is 0.</summary>
    public readonly record struct Ceil : IFlat<Ceil>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IUnaryLane.Lane<V>(V x) => -V.Floor(-x);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>⌈x⌉, the smallest whole number not below x; the derivative is 0.</summary>
            public Tensor Ceil() => x.Apply(new Ceil());
        }
    }
}
