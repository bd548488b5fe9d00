using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The order in which numbers are gathered: element i of a row goes to virtual lane i modulo 16 (float) or 8 (double), each lane takes its
/// elements in order, and the lanes are joined in a fixed tree. A narrower register does the lanes in several passes.
/// </summary>
internal static unsafe class VirtualLanes
{
    /// <summary>How many blocks of virtual lanes are added up before they join the total, which keeps long sums accurate.</summary>
    public const int BlocksTogether = 128;

    /// <summary>The number of virtual lanes, 64 bytes of them: 16 floats or 8 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count<T>() where T : unmanaged => 64 / sizeof(T);

    /// <summary>
    /// Joins each lane of the lower half with its partner in the upper half until one is left. The lanes are overwritten.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Join<TRed, T>(T* lanes) where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        Halve<TRed, W256<T>, T>(lanes, W256<T>.Count);
        Halve<TRed, W128<T>, T>(lanes, W128<T>.Count);
        for (int half = W128<T>.Count / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) Halve<TRed, W1<T>, T>(lanes + i, half);
        return *lanes;
    }

    /// <summary>As the other, for several times as many lanes: a power of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Join<TRed, T>(T* lanes, int count) where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        for (int half = count / 2; half >= Count<T>(); half /= 2)
            for (int i = 0; i < half; i += W256<T>.Count) Halve<TRed, W256<T>, T>(lanes + i, half);
        return Join<TRed, T>(lanes);
    }

    /// <summary>Copies the last few numbers of a row to a block of virtual lanes and fills it up with another number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pad<V, T>(T* from, int count, T* block, V filling) where V : struct, ILane<V, T> where T : unmanaged
    {
        for (int i = 0; i < Count<T>(); i += V.Count) V.Store(block + i, filling);
        for (int i = 0; i < count; i++) block[i] = from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halve<TRed, V, T>(T* lanes, int half)
        where TRed : struct, IReduceLane<TRed> where V : struct, ILane<V, T> where T : unmanaged =>
        V.Store(lanes, TRed.Join(V.Load(lanes), V.Load(lanes + half)));

    /// <summary>Writes four registers side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, T>(T* to, V v0, V v1, V v2, V v3) where V : struct, ILane<V, T> where T : unmanaged
    {
        V.Store(to, v0);
        V.Store(to + V.Count, v1);
        V.Store(to + (2 * V.Count), v2);
        V.Store(to + (3 * V.Count), v3);
    }
}
