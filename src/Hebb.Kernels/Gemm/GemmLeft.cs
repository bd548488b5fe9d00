using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A strip of rows of A, in place or copied so that the numbers of one step of k lie side by side.</summary>
internal unsafe ref struct GemmLeft<T> where T : unmanaged
{
    /// <summary>Row i at step p is Data[i * Row + p * Column].</summary>
    public T* Data;
    public nint Row, Column;

    /// <summary>
    /// Whether strips of this matrix are better copied: when their lines would push each other out of the first-level cache before all
    /// columns of B have used them.
    /// </summary>
    public static bool WorthCopying(nint row, nint column, int k, int columns)
    {
        if (columns < 4 * GemmRules.Panel<T>()) return false;
        if (column == 1) return row * sizeof(T) % 4096 == 0;
        return row != 1 || column * sizeof(T) * (nint)k > 1 << 18;
    }

    /// <summary>Copies the strip to <paramref name="to"/>, <paramref name="height"/> numbers a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(T* to, int height, int rows, int k)
    {
        if (Column == 1) Transposition.Run(Data, Row, to, height, k, rows);
        else if (Row == 1)
            for (int p = 0; p < k; p++) ShortRow<T>.Copy(rows, Data + p * Column, to + (nint)p * height);
        else
            for (int p = 0; p < k; p++)
                for (int i = 0; i < rows; i++) to[(nint)p * height + i] = Data[i * Row + p * Column];
        Data = to;
        (Row, Column) = (1, height);
    }
}
