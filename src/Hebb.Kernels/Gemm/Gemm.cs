using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Products of matrices of floats or doubles: C[m,n] = f(A[m,k]·B[k,n] + bias), or with accumulation C = f(C + A·B + bias). The function
/// f may take a number of another matrix second.
/// </summary>
/// <remarks>
/// <para>A and B have any row and column strides, so a transposed matrix is one with its strides exchanged; the columns of C lie side by
/// side. Strides count numbers.</para>
/// <para>Each sum is a chain of fused multiply-adds in the order of k, from zero, over equal blocks of at most 512 steps whose sums are
/// added in order; a product of over 128 multiply-adds with one row or column whose matrix is contiguous along k uses 16 float (8 double)
/// lanes that are added in a tree, unless B is packed. Old contents of C, then the bias, are added to the finished sum. The form depends
/// on sizes and strides alone, so results have the same bits for any number of threads and any width of lanes.</para>
/// <para>
/// Panels and micro-kernel after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008.
/// </para>
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>C = A·B, or C += A·B.</summary>
    /// <inheritdoc cref="Run{T, TActivation}(int, int, int, ReadOnlySpan{T}, int, int, ReadOnlySpan{T}, int, int, Span{T}, int,
    /// ReadOnlySpan{T}, TActivation, bool, BiasAxis, ReadOnlySpan{T})"/>
    public static void Run<T>(
        int m, int n, int k, ReadOnlySpan<T> a, int aRow, int aColumn, ReadOnlySpan<T> b, int bRow, int bColumn, Span<T> c, int cRow,
        bool accumulate = false) where T : unmanaged =>
        Run(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, [], default(FirstOfPair<NoActivation>), accumulate);

    /// <summary>C = f(A·B + bias), or C = f(C + A·B + bias).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TActivation">The type of f.</typeparam>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B; with 0 the product is zero.</param>
    /// <param name="a">A; its number in row i and column p is a[i * aRow + p * aColumn].</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aColumn">From one column of A to the next.</param>
    /// <param name="b">B; its number in row p and column j is b[p * bRow + j * bColumn].</param>
    /// <param name="bRow">From one row of B to the next.</param>
    /// <param name="bColumn">From one column of B to the next.</param>
    /// <param name="c">C; its number in row i and column j is c[i * cRow + j]. It must not overlap A or B.</param>
    /// <param name="cRow">From one row of C to the next, at least n.</param>
    /// <param name="bias">Empty, or n numbers (m with <see cref="BiasAxis.Row"/>).</param>
    /// <param name="activation">f, applied to each number.</param>
    /// <param name="accumulate">Whether the product is added to C's contents; otherwise they are not read.</param>
    /// <param name="biasAxis">Which axis the bias belongs to.</param>
    /// <param name="other">Empty, or what f takes second: numbers that lie as those of C do.</param>
    /// <exception cref="ArgumentException">A size or stride is negative, a span is too short, or C overlaps an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TActivation>(
        int m, int n, int k, ReadOnlySpan<T> a, int aRow, int aColumn, ReadOnlySpan<T> b, int bRow, int bColumn, Span<T> c, int cRow,
        ReadOnlySpan<T> bias, TActivation activation, bool accumulate = false, BiasAxis biasAxis = BiasAxis.Column,
        ReadOnlySpan<T> other = default) where T : unmanaged where TActivation : struct, IBinaryLane
    {
        GemmCheck.Sizes<T>(m, n, k);
        Span<T> written = GemmCheck.Result(m, n, c, cRow, bias, biasAxis);
        GemmCheck.Operand("A", m, k, a, aRow, aColumn, written);
        GemmCheck.Operand("B", k, n, b, bRow, bColumn, written);
        if (!other.IsEmpty) GemmCheck.Operand("the other matrix", m, n, other, cRow, 1, written);
        fixed (T* pa = a, pb = b, pc = c, pBias = bias, pOther = other)
        {
            var problem = new GemmProblem<T>(m, n, k, pa, aRow, aColumn, pb, bRow, bColumn, pc, cRow)
            {
                Accumulate = accumulate,
                Bias = pBias,
                BiasPerRow = biasAxis == BiasAxis.Row,
                Other = pOther,
            };
            Solve(problem, activation);
        }
    }

    /// <summary>C = A·B, or C += A·B, with a B that was packed before.</summary>
    /// <inheritdoc cref="Run{T, TActivation}(int, ReadOnlySpan{T}, int, int, PackedMatrix{T}, Span{T}, int, ReadOnlySpan{T}, TActivation,
    /// bool, BiasAxis)"/>
    public static void Run<T>(
        int m, ReadOnlySpan<T> a, int aRow, int aColumn, PackedMatrix<T> b, Span<T> c, int cRow, bool accumulate = false)
        where T : unmanaged =>
        Run(m, a, aRow, aColumn, b, c, cRow, [], default(FirstOfPair<NoActivation>), accumulate);

    /// <summary>C = f(A·B + bias), or C = f(C + A·B + bias), with a B that was packed before.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TActivation">The type of f.</typeparam>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="a">A; its number in row i and column p is a[i * aRow + p * aColumn].</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aColumn">From one column of A to the next.</param>
    /// <param name="b">B, k x n.</param>
    /// <param name="c">C; its number in row i and column j is c[i * cRow + j]. It must not overlap A.</param>
    /// <param name="cRow">From one row of C to the next, at least n.</param>
    /// <param name="bias">Empty, or n numbers (m with <see cref="BiasAxis.Row"/>).</param>
    /// <param name="activation">f, applied to each number.</param>
    /// <param name="accumulate">Whether the product is added to C's contents; otherwise they are not read.</param>
    /// <param name="biasAxis">Which axis the bias belongs to.</param>
    /// <exception cref="ArgumentException">A size or stride is negative, a span is too short, or C overlaps A.</exception>
    public static void Run<T, TActivation>(
        int m, ReadOnlySpan<T> a, int aRow, int aColumn, PackedMatrix<T> b, Span<T> c, int cRow,
        ReadOnlySpan<T> bias, TActivation activation, bool accumulate = false, BiasAxis biasAxis = BiasAxis.Column)
        where T : unmanaged where TActivation : struct, IBinaryLane
    {
        ArgumentNullException.ThrowIfNull(b);
        GemmCheck.Sizes<T>(m, b.Columns, b.Rows);
        Span<T> written = GemmCheck.Result(m, b.Columns, c, cRow, bias, biasAxis);
        GemmCheck.Operand("A", m, b.Rows, a, aRow, aColumn, written);
        fixed (T* pa = a, pb = b.Panels, pc = c, pBias = bias)
        {
            var problem = new GemmProblem<T>(m, b.Columns, b.Rows, pa, aRow, aColumn, pb, 0, 0, pc, cRow)
            {
                Packed = true,
                Accumulate = accumulate,
                Bias = pBias,
                BiasPerRow = biasAxis == BiasAxis.Row,
            };
            Solve(problem, activation);
        }
    }

    /// <summary>C[i] = f(A[i]·B[i]), or C[i] = f(C[i] + A[i]·B[i]), for a batch of products of one size.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TActivation">The type of f.</typeparam>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">Rows of each A and C.</param>
    /// <param name="n">Columns of each B and C.</param>
    /// <param name="k">Columns of each A and rows of each B.</param>
    /// <param name="a">The A's.</param>
    /// <param name="aBatch">From one A to the next; 0 uses one A for all.</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aColumn">From one column of A to the next.</param>
    /// <param name="b">The B's.</param>
    /// <param name="bBatch">From one B to the next; 0 uses one B for all.</param>
    /// <param name="bRow">From one row of B to the next.</param>
    /// <param name="bColumn">From one column of B to the next.</param>
    /// <param name="c">The C's, which must not overlap each other or an operand.</param>
    /// <param name="cBatch">From one C to the next, at least a C's extent.</param>
    /// <param name="cRow">From one row of C to the next, at least n.</param>
    /// <param name="activation">f, applied to each number.</param>
    /// <param name="other">Empty, or what f takes second: numbers that lie as those of the C's do.</param>
    /// <param name="accumulate">Whether products are added to C's contents; otherwise they are not read.</param>
    /// <exception cref="ArgumentException">
    /// A size or stride is negative, a span is too short, or a C overlaps another or an operand.
    /// </exception>
    public static void Batched<T, TActivation>(
        int batch, int m, int n, int k, ReadOnlySpan<T> a, int aBatch, int aRow, int aColumn,
        ReadOnlySpan<T> b, int bBatch, int bRow, int bColumn, Span<T> c, int cBatch, int cRow, TActivation activation,
        ReadOnlySpan<T> other, bool accumulate = false) where T : unmanaged where TActivation : struct, IBinaryLane
    {
        GemmCheck.Sizes<T>(m, n, k);
        GemmCheck.Batch(batch, m, n, cBatch, cRow);
        if (batch == 0) return;
        Span<T> written = GemmCheck.Result(m, n, c, cRow, [], BiasAxis.Column, batch, cBatch);
        GemmCheck.Operand("A", m, k, a, aRow, aColumn, written, batch, aBatch);
        GemmCheck.Operand("B", k, n, b, bRow, bColumn, written, batch, bBatch);
        if (!other.IsEmpty) GemmCheck.Operand("the other matrix", m, n, other, cRow, 1, written, batch, cBatch);
        fixed (T* pa = a, pb = b, pc = c, pOther = other)
        {
            var job = new GemmBatch<T, TActivation>
            {
                First = new GemmProblem<T>(m, n, k, pa, aRow, aColumn, pb, bRow, bColumn, pc, cRow)
                {
                    Accumulate = accumulate,
                    Other = pOther,
                },
                Activation = activation,
                ABatch = aBatch,
                BBatch = bBatch,
                CBatch = cBatch,
                Count = batch,
            };
            job.Run();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Solve<T, TActivation>(in GemmProblem<T> problem, TActivation activation)
        where T : unmanaged where TActivation : struct, IBinaryLane
    {
        GemmSolver<T, TActivation> solver = new(problem, activation);
        Lanes.Run<GemmSolver<T, TActivation>, T>(ref solver);
    }
}
