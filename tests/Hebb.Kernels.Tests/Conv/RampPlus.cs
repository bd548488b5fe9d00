namespace Hebb.Kernels.Tests;

/// <summary>max(x, 0) + y</summary>
internal readonly struct RampPlus : IBinaryLane
{
    public V Lane<V>(V x, V y) where V : struct, ILane<V> => V.Max(x, V.Of(0)) + y;
}
