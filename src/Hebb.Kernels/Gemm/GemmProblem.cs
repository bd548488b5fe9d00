namespace Hebb.Kernels;

/// <summary>One matrix product C[m,n] = f(A[m,k]·B[k,n] + bias), its memory pinned and its sizes checked.</summary>
internal unsafe struct GemmProblem<T> where T : unmanaged
{
    public int M, N, K;
    public T* A;
    public nint ARow, AColumn;

    /// <summary>B itself, or the panels of a <see cref="PackedMatrix{T}"/> if <see cref="Packed"/>.</summary>
    public T* B;
    public nint BRow, BColumn;
    public bool Packed;
    public T* C;
    public nint CRow;

    /// <summary>Whether C's old contents are added to the finished product.</summary>
    public bool Accumulate;

    /// <summary>Null, or one number for each column, or for each row if <see cref="BiasPerRow"/>.</summary>
    public T* Bias;
    public bool BiasPerRow;

    /// <summary>m·n·k</summary>
    public readonly double Products => (double)M * N * K;
}
