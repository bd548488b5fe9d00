using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>f(x) = x: an operation that ends without an activation.</summary>
internal readonly struct NoActivation : IUnaryLane
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V> => x;
}
