using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// An activation over numbers that a tile has just written. What does not fill a register is done in one that repeats the last number.
/// </summary>
internal static unsafe class Activation<V, T, A> where V : struct, ILane<V, T> where T : unmanaged where A : struct, IUnaryLane
{
    /// <summary>y = f(y)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(T* y, int count, A activation)
    {
        if (typeof(A) == typeof(NoActivation)) return;
        int i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(y + i, activation.Lane(V.Load(y + i)));
        if (i == count) return;
        if (V.Count > W128<T>.Count && count - i == W128<T>.Count)
        {
            W128<T>.Store(y + i, activation.Lane(W128<T>.Load(y + i)));
            return;
        }
        T* rest = stackalloc T[V.Count];
        for (int k = 0; k < V.Count; k++) rest[k] = y[i + Math.Min(k, count - i - 1)];
        V.Store(rest, activation.Lane(V.Load(rest)));
        for (int k = 0; k < count - i; k++) y[i + k] = rest[k];
    }
}
