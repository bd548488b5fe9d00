using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>An activation over numbers that a tile has just written.</summary>
internal static unsafe class Activation<V, T, A> where V : struct, ILane<V, T> where T : unmanaged where A : struct, IUnaryLane
{
    /// <summary>y = f(y)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(T* y, int count, A activation)
    {
        if (typeof(A) == typeof(NoActivation)) return;
        int i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(y + i, activation.Lane(V.Load(y + i)));
        for (; i < count; i++) W1<T>.Store(y + i, activation.Lane(W1<T>.Load(y + i)));
    }
}
