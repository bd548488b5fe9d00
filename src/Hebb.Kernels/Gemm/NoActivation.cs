namespace Hebb.Kernels;

/// <summary>f(x) = x: a matrix product that ends without an activation.</summary>
public readonly struct NoActivation : IUnaryLane
{
    /// <inheritdoc/>
    public V Lane<V>(V x) where V : struct, ILane<V> => x;
}
