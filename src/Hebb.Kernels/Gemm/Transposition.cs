using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hebb.Kernels;

/// <summary>to[c, r] = from[r, c]: copies a matrix whose rows are contiguous so that its columns are.</summary>
internal static unsafe class Transposition
{
    /// <summary>Copies from[r * fromRow + c] to to[c * toRow + r].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(int rows, int columns, T* from, nint fromRow, T* to, nint toRow) where T : unmanaged
    {
        int block = 32 / sizeof(T);
        if (!Avx.IsSupported || rows < block || columns < block)
        {
            for (int r = 0; r < rows; r++, from += fromRow, to++)
                for (int c = 0; c < columns; c++) to[c * toRow] = from[c];
            return;
        }
        // The last block of a row or column overlaps the one before it where the size is no multiple of the block's.
        for (int r = 0; r < rows; r += block)
        {
            int row = Math.Min(r, rows - block);
            for (int c = 0; c < columns; c += block)
            {
                int column = Math.Min(c, columns - block);
                T* source = from + row * fromRow + column;
                T* target = to + column * toRow + row;
                if (sizeof(T) == sizeof(float)) Singles((float*)source, fromRow, (float*)target, toRow);
                else Doubles((double*)source, fromRow, (double*)target, toRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Singles(float* from, nint f, float* to, nint t)
    {
        (Vector256<float> a0, Vector256<float> a1) = Zip(from, from + f);
        (Vector256<float> a2, Vector256<float> a3) = Zip(from + 2 * f, from + 3 * f);
        (Vector256<float> a4, Vector256<float> a5) = Zip(from + 4 * f, from + 5 * f);
        (Vector256<float> a6, Vector256<float> a7) = Zip(from + 6 * f, from + 7 * f);
        Join(Avx.Shuffle(a0, a2, 0x44), Avx.Shuffle(a4, a6, 0x44), to, to + 4 * t);
        Join(Avx.Shuffle(a0, a2, 0xEE), Avx.Shuffle(a4, a6, 0xEE), to + t, to + 5 * t);
        Join(Avx.Shuffle(a1, a3, 0x44), Avx.Shuffle(a5, a7, 0x44), to + 2 * t, to + 6 * t);
        Join(Avx.Shuffle(a1, a3, 0xEE), Avx.Shuffle(a5, a7, 0xEE), to + 3 * t, to + 7 * t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Doubles(double* from, nint f, double* to, nint t)
    {
        Vector256<double> r0 = Vector256.Load(from), r1 = Vector256.Load(from + f);
        Vector256<double> r2 = Vector256.Load(from + 2 * f), r3 = Vector256.Load(from + 3 * f);
        Join(Avx.UnpackLow(r0, r1).AsSingle(), Avx.UnpackLow(r2, r3).AsSingle(), (float*)to, (float*)(to + 2 * t));
        Join(Avx.UnpackHigh(r0, r1).AsSingle(), Avx.UnpackHigh(r2, r3).AsSingle(), (float*)(to + t), (float*)(to + 3 * t));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Zip(float* a, float* b)
    {
        Vector256<float> x = Vector256.Load(a), y = Vector256.Load(b);
        return (Avx.UnpackLow(x, y), Avx.UnpackHigh(x, y));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector256<float> a, Vector256<float> b, float* low, float* high)
    {
        Avx.Permute2x128(a, b, 0x20).Store(low);
        Avx.Permute2x128(a, b, 0x31).Store(high);
    }
}
