using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// An activation over numbers that a tile has just written. What does not fill a register is done in one that repeats the last number.
/// </summary>
internal static unsafe class Activation<V, T, A> where V : struct, ILane<V, T> where T : unmanaged where A : struct, IBinaryLane
{
    /// <summary>f(x, other), where other is read only if f looks at it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(A activation, V x, T* other) => activation.Lane(x, default(A) is IOfFirst ? x : V.Load(other));

    /// <summary>y = f(y, other)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(T* y, T* other, int count, A activation)
    {
        if (typeof(A) == typeof(FirstOfPair<NoActivation>)) return;
        int i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(y + i, Of(activation, V.Load(y + i), other + i));
        if (i == count) return;
        if (V.Count > W128<T>.Count && count - i == W128<T>.Count)
        {
            W128<T>.Store(y + i, activation.Lane(W128<T>.Load(y + i), W128<T>.Load(other + i)));
            return;
        }
        T* rest = stackalloc T[2 * V.Count], others = rest + V.Count;
        for (int k = 0; k < V.Count; k++)
        {
            int at = i + Math.Min(k, count - i - 1);
            (rest[k], others[k]) = (y[at], other[at]);
        }
        V.Store(rest, activation.Lane(V.Load(rest), V.Load(others)));
        for (int k = 0; k < count - i; k++) y[i + k] = rest[k];
    }
}
