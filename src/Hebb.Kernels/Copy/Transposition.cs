using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hebb.Kernels;

/// <summary>
/// Matrix transposition y[j, i] = x[i, j] in blocks of 16 by 16: whole cache lines are read and written, so a matrix of any size moves at
/// about the speed of memory.
/// </summary>
internal static unsafe class Transposition
{
    private const int Block = 16;

    // Several lines of an output row are written one after the other: with long rows each is on another page, and pages are found slowly.
    private const int Strip = 64;

    /// <summary>y[j · yRow + i] = x[i · xRow + j] for j below rows and i below columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* x, nint xRow, T* y, nint yRow, int rows, int columns) where T : unmanaged
    {
        for (int strip = 0; strip < columns; strip += Strip)
        {
            int end = Math.Min(columns, strip + Strip);
            for (int j = 0; j < rows; j += Block)
            {
                int high = Math.Min(Block, rows - j);
                for (int i = strip; i < end; i += Block)
                {
                    int wide = Math.Min(Block, end - i);
                    T* from = x + (i * xRow) + j, to = y + (j * yRow) + i;
                    int narrow = Math.Min(high, wide) * sizeof(T);
                    if (Avx.IsSupported && sizeof(T) is 4 or 8 && narrow >= 32) Squares(32 / sizeof(T), from, xRow, to, yRow, high, wide);
                    else if (Avx.IsSupported && sizeof(T) == 4 && narrow >= 16) Squares(4, from, xRow, to, yRow, high, wide);
                    else Plain(from, xRow, to, yRow, high, wide);
                }
            }
        }
    }

    // The last square of a row or column overlaps the one before it where they do not fit evenly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares<T>(int side, T* x, nint xRow, T* y, nint yRow, int rows, int columns) where T : unmanaged
    {
        for (int r = 0; r < rows; r += side)
        {
            int j = Math.Min(r, rows - side);
            for (int c = 0; c < columns; c += side)
            {
                int i = Math.Min(c, columns - side);
                T* from = x + (i * xRow) + j, to = y + (j * yRow) + i;
                if (sizeof(T) == 8) FourByFour((double*)from, xRow, (double*)to, yRow);
                else if (side == 8) EightByEight((float*)from, xRow, (float*)to, yRow);
                else FourByFour((float*)from, xRow, (float*)to, yRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Plain<T>(T* x, nint xRow, T* y, nint yRow, int rows, int columns) where T : unmanaged
    {
        for (int j = 0; j < rows; j++, x++, y += yRow)
        {
            T* from = x;
            for (nint i = 0; i < columns; i++, from += xRow) y[i] = *from;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByEight(float* x, nint xRow, float* y, nint yRow)
    {
        // Rows i and i + 4 share a register, so that only steps within halves are left.
        var a = Pair(x, x + (4 * xRow));
        var b = Pair(x + xRow, x + (5 * xRow));
        var c = Pair(x + (2 * xRow), x + (6 * xRow));
        var d = Pair(x + (3 * xRow), x + (7 * xRow));
        Four(a, b, c, d, y, yRow);
        a = Pair(x + 4, x + (4 * xRow) + 4);
        b = Pair(x + xRow + 4, x + (5 * xRow) + 4);
        c = Pair(x + (2 * xRow) + 4, x + (6 * xRow) + 4);
        d = Pair(x + (3 * xRow) + 4, x + (7 * xRow) + 4);
        Four(a, b, c, d, y + (4 * yRow), yRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* x, nint xRow, float* y, nint yRow)
    {
        Vector128<float> a = Vector128.Load(x), b = Vector128.Load(x + xRow), c = Vector128.Load(x + (2 * xRow)),
            d = Vector128.Load(x + (3 * xRow));
        Vector128<double> ab = Sse.UnpackLow(a, b).AsDouble(), cd = Sse.UnpackLow(c, d).AsDouble();
        Sse2.UnpackLow(ab, cd).AsSingle().Store(y);
        Sse2.UnpackHigh(ab, cd).AsSingle().Store(y + yRow);
        (ab, cd) = (Sse.UnpackHigh(a, b).AsDouble(), Sse.UnpackHigh(c, d).AsDouble());
        Sse2.UnpackLow(ab, cd).AsSingle().Store(y + (2 * yRow));
        Sse2.UnpackHigh(ab, cd).AsSingle().Store(y + (3 * yRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(double* x, nint xRow, double* y, nint yRow)
    {
        // Rows i and i + 2 share a register, as above.
        Two(Pair(x, x + (2 * xRow)), Pair(x + xRow, x + (3 * xRow)), y, yRow);
        Two(Pair(x + 2, x + (2 * xRow) + 2), Pair(x + xRow + 2, x + (3 * xRow) + 2), y + (2 * yRow), yRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(double* low, double* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    /// <summary>Two output rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(Vector256<double> a, Vector256<double> b, double* y, nint yRow)
    {
        Avx.UnpackLow(a, b).Store(y);
        Avx.UnpackHigh(a, b).Store(y + yRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    /// <summary>Four output rows of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* y, nint yRow)
    {
        var ab = Avx.UnpackLow(a, b).AsDouble();
        var cd = Avx.UnpackLow(c, d).AsDouble();
        Avx.UnpackLow(ab, cd).AsSingle().Store(y);
        Avx.UnpackHigh(ab, cd).AsSingle().Store(y + yRow);
        ab = Avx.UnpackHigh(a, b).AsDouble();
        cd = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(ab, cd).AsSingle().Store(y + (2 * yRow));
        Avx.UnpackHigh(ab, cd).AsSingle().Store(y + (3 * yRow));
    }
}
