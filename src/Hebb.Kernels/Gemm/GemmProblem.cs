namespace Hebb.Kernels;

/// <summary>One matrix product C[m,n] = f(A[m,k]·B[k,n] + bias, other), its memory pinned and its sizes checked.</summary>
internal unsafe struct GemmProblem<T>(int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow)
    where T : unmanaged
{
    public readonly int M = m, N = n, K = k;
    public T* A = a;
    public readonly nint ARow = aRow, AColumn = aColumn;

    /// <summary>B itself, or the panels of a <see cref="PackedMatrix{T}"/> if <see cref="Packed"/>.</summary>
    public T* B = b;
    public readonly nint BRow = bRow, BColumn = bColumn;
    public bool Packed;
    public T* C = c;
    public readonly nint CRow = cRow;

    /// <summary>Whether C's old contents are added to the finished product.</summary>
    public bool Accumulate;

    /// <summary>Null, or one number for each column, or for each row if <see cref="BiasPerRow"/>.</summary>
    public T* Bias;
    public bool BiasPerRow;

    /// <summary>Null, or numbers that lie as those of C do, which the activation takes second.</summary>
    public T* Other;

    /// <summary>Where they begin that belong to a place in C; C itself where there are none, since nothing looks at them then.</summary>
    public readonly T* OtherAt(T* c) => Other == null ? c : Other + (c - C);

    /// <summary>m·n·k</summary>
    public readonly double Products => (double)M * N * K;
}
