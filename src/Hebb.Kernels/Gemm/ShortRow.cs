using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Rows of a few numbers that must not be read or written beyond their end.</summary>
internal static unsafe class ShortRow<T> where T : unmanaged
{
    /// <summary>to = from</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(int count, T* from, T* to)
    {
        int i = 0;
        for (; i <= count - W256<T>.Count; i += W256<T>.Count) W256<T>.Store(to + i, W256<T>.Load(from + i));
        if (i <= count - W128<T>.Count)
        {
            W128<T>.Store(to + i, W128<T>.Load(from + i));
            i += W128<T>.Count;
        }
        for (; i < count; i++) to[i] = from[i];
    }

    /// <summary>to = to + from</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(int count, T* from, T* to)
    {
        int i = 0;
        for (; i <= count - W256<T>.Count; i += W256<T>.Count) W256<T>.Store(to + i, W256<T>.Load(to + i) + W256<T>.Load(from + i));
        for (; i < count; i++) W1<T>.Store(to + i, W1<T>.Load(to + i) + W1<T>.Load(from + i));
    }
}
