using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The order in which sums are taken: element i of a row goes to virtual lane i modulo 16 (float) or 8 (double), each lane adds its elements in
/// order, and the lanes are added in a fixed tree. A register narrower than 16 (8) numbers does the lanes in several passes.
/// </summary>
internal static unsafe class VirtualLanes
{
    /// <summary>The number of virtual lanes, 64 bytes of them: 16 floats or 8 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count<V>() where V : struct, ILane<V> => V.IsDouble ? 8 : 16;

    /// <summary>How many blocks of virtual lanes are added up before they join the total, which keeps long sums accurate.</summary>
    public const int BlocksTogether = 128;

    /// <summary>The sum of all lanes in every lane: halves are added until one number is left. The lanes are overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum<V, T>(T* lanes) where V : struct, ILane<V, T> where T : unmanaged
    {
        for (int half = Count<V>() / 2; half >= W128<T>.Count; half /= 2)
        {
            for (int i = 0; i < half; i += W128<T>.Count)
                W128<T>.Store(lanes + i, W128<T>.Load(lanes + i) + W128<T>.Load(lanes + i + half));
        }

        for (int half = W128<T>.Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) W1<T>.Store(lanes + i, W1<T>.Load(lanes + i) + W1<T>.Load(lanes + i + half));
        }

        return V.Broadcast(lanes);
    }

    /// <summary>Copies the last few numbers of a row to a block of virtual lanes and fills it up with another number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pad<V, T>(T* from, int count, T* block, V filling) where V : struct, ILane<V, T> where T : unmanaged
    {
        for (int i = 0; i < Count<V>(); i += V.Count) V.Store(block + i, filling);
        for (int i = 0; i < count; i++) block[i] = from[i];
    }
}
