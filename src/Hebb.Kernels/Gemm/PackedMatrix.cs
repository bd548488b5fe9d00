namespace Hebb.Kernels;

/// <summary>
/// A right operand of matrix products, B[k,n], copied into the order that products read it in: worth while when several products use the
/// same B, such as the weights of a layer. Filling it again allocates nothing unless it grows. Products may use it on several threads
/// at once, but not while it is filled.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class PackedMatrix<T> where T : unmanaged
{
    private T[] _panels = [];

    /// <summary>k, the rows of B.</summary>
    public int Rows { get; private set; }

    /// <summary>n, the columns of B.</summary>
    public int Columns { get; private set; }

    internal ReadOnlySpan<T> Panels => _panels;

    /// <summary>Copies B.</summary>
    /// <param name="k">Rows of B.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="b">B; its number in row p and column j is b[p * bRow + j * bColumn].</param>
    /// <param name="bRow">From one row of B to the next.</param>
    /// <param name="bColumn">From one column of B to the next.</param>
    /// <exception cref="ArgumentException">A size or stride is negative, the span is too short, or B is too large to be packed.</exception>
    public void Pack(int k, int n, ReadOnlySpan<T> b, int bRow, int bColumn)
    {
        GemmCheck.Sizes<T>(0, n, k);
        GemmCheck.Operand("B", k, n, b, bRow, bColumn, []);
        int width = GemmRules.Panel<T>(), panels = (n + width - 1) / width;
        long needed = panels * (long)GemmRight<T>.PackedStride(k);
        if (needed > Array.MaxLength)
        {
            throw new ArgumentException(
                $"B is {k} x {n}, too large to be packed: that takes {needed} numbers and {Array.MaxLength} are possible.");
        }
        if (needed > _panels.Length) _panels = GC.AllocateUninitializedArray<T>((int)needed, pinned: true);
        (Rows, Columns) = (k, n);
        if (needed == 0) return;
        fixed (T* from = b, to = _panels)
        {
            var job = new GemmPacking<T> { K = k, N = n, B = from, BRow = bRow, BColumn = bColumn, Panels = to };
            job.Run();
        }
    }
}
