using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Products so small that preparing panels would cost more than multiplying: columns in the widest lanes that they fill without a rest.
/// </summary>
internal static unsafe class GemmSmall<T> where T : unmanaged
{
    // With one row or column the loops over whole vectors win much earlier.
    private const int MaxProducts = 2048, MaxVectorProducts = 128;

    /// <summary>Whether the product is small.</summary>
    public static bool Fits(in GemmProblem<T> problem)
    {
        if (problem.Packed || GemmRules.KBlock<T>(problem.K) < problem.K) return false;
        return problem.Products <= (problem.M == 1 || problem.N == 1 ? MaxVectorProducts : MaxProducts);
    }

    /// <summary>C = A·B or C += A·B</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in GemmProblem<T> problem)
    {
        if (problem.BColumn == 1 || problem.N == 1)
        {
            Columns(problem, problem.B, problem.BRow);
            return;
        }
        T* b = stackalloc T[problem.K * problem.N];
        for (int p = 0; p < problem.K; p++)
            for (int j = 0; j < problem.N; j++) b[p * problem.N + j] = problem.B[p * problem.BRow + j * problem.BColumn];
        Columns(problem, b, problem.N);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(in GemmProblem<T> problem, T* b, nint bRow)
    {
        int width = Lanes.Width, j = 0;
        if (width >= 256) Columns<W256<T>>(problem, b, bRow, ref j);
        if (width >= 128) Columns<W128<T>>(problem, b, bRow, ref j);
        Columns<W1<T>>(problem, b, bRow, ref j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<V>(in GemmProblem<T> problem, T* b, nint bRow, ref int j) where V : struct, ILane<V, T>
    {
        int unit = GemmTiles<V, T>.MaxRows;
        for (; j <= problem.N - V.Count; j += V.Count)
            for (int i = 0; i < problem.M; i += unit)
            {
                GemmTiles<V, T>.Run(
                    Math.Min(unit, problem.M - i), 1, problem.K, problem.A + i * problem.ARow, problem.ARow, problem.AColumn,
                    b + j, bRow, problem.C + i * problem.CRow + j, problem.CRow, problem.Accumulate);
            }
    }
}
