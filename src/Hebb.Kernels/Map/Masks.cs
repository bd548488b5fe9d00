using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>Masks of lanes (all ones or all zeros, 4 or 8 bytes) from and to truth values (1 byte, any bit set is true).</summary>
internal static unsafe class Masks
{
    /// <summary>One byte, 0 or 1, for each mask.</summary>
    public static void Narrow<T>(T* masks, byte* truths, nint n) where T : unmanaged
    {
        if (sizeof(T) == sizeof(int)) Narrow((int*)masks, truths, n);
        else Narrow((long*)masks, truths, n);
    }

    /// <summary>One mask for each byte.</summary>
    public static void Widen<T>(byte* truths, T* masks, nint n) where T : unmanaged
    {
        if (sizeof(T) == sizeof(int)) Widen(truths, (int*)masks, n);
        else Widen(truths, (long*)masks, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(int* masks, byte* truths, nint n)
    {
        nint i = 0;
        for (; i <= n - 16; i += 16)
        {
            var low = Vector128.Narrow(Vector128.Load(masks + i), Vector128.Load(masks + i + 4));
            var high = Vector128.Narrow(Vector128.Load(masks + i + 8), Vector128.Load(masks + i + 12));
            (Vector128.Narrow(low, high).AsByte() & Vector128<byte>.One).Store(truths + i);
        }
        for (; i < n; i++) truths[i] = (byte)(masks[i] & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(long* masks, byte* truths, nint n)
    {
        for (nint i = 0; i < n; i++) truths[i] = (byte)(masks[i] & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(byte* truths, int* masks, nint n)
    {
        nint i = 0;
        for (; i <= n - 16; i += 16)
        {
            var (low, high) = Vector128.Widen((~Vector128.Equals(Vector128.Load(truths + i), Vector128<byte>.Zero)).AsSByte());
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            a.Store(masks + i);
            b.Store(masks + i + 4);
            c.Store(masks + i + 8);
            d.Store(masks + i + 12);
        }
        for (; i < n; i++) masks[i] = truths[i] != 0 ? -1 : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(byte* truths, long* masks, nint n)
    {
        for (nint i = 0; i < n; i++) masks[i] = truths[i] != 0 ? -1 : 0;
    }
}
