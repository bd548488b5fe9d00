using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The end of a product: C = f(product + bias, other) or C = f(C + product + bias, other) over a rectangle that is still in the cache.
/// </summary>
internal static unsafe class GemmEpilogue<V, T, TActivation>
    where V : struct, ILane<V, T> where T : unmanaged where TActivation : struct, IBinaryLane
{
    /// <summary>Whether there is anything to do for a product that already lies in C.</summary>
    public static bool Needed(T* bias) => bias != null || !IsIdentity;

    private static bool IsIdentity
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TActivation) == typeof(FirstOfPair<NoActivation>);
    }

    /// <summary>Finishes a rectangle; <paramref name="other"/> lies as C does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int rows, int columns, T* product, nint productRow, T* c, nint cRow, bool add, T* bias, bool biasPerRow, T* other,
        TActivation activation)
    {
        if (columns < V.Count && cRow == columns && !IsIdentity)
        {
            // Rows shorter than a register follow each other: f is cheaper along all of them than number by number.
            GemmEpilogue<V, T, FirstOfPair<NoActivation>>.Run(
                rows, columns, product, productRow, c, cRow, add, bias, biasPerRow, other, default);
            Activation<V, T, TActivation>.Apply(c, other, rows * columns, activation);
            return;
        }
        for (int i = 0; i < rows; i++, product += productRow, c += cRow, other += cRow)
        {
            int j = 0;
            for (; j <= columns - V.Count; j += V.Count)
            {
                V v = V.Load(product + j);
                if (add) v = V.Load(c + j) + v;
                if (bias != null) v += biasPerRow ? V.Broadcast(bias + i) : V.Load(bias + j);
                V.Store(c + j, Activation<V, T, TActivation>.Of(activation, v, other + j));
            }
            for (; j < columns; j++)
            {
                W1<T> v = W1<T>.Load(product + j);
                if (add) v = W1<T>.Load(c + j) + v;
                if (bias != null) v += W1<T>.Load(biasPerRow ? bias + i : bias + j);
                W1<T>.Store(c + j, activation.Lane(v, W1<T>.Load(other + j)));
            }
        }
    }
}
