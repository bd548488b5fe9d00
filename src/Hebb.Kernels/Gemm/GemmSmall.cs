namespace Hebb.Kernels;

/// <summary>
/// Products so small that preparing anything would cost more than multiplying: columns in the widest lanes that fill without a rest,
/// everything in place.
/// </summary>
internal static unsafe class GemmSmall<T> where T : unmanaged
{
    // Single columns are read at any stride, wider tiles only side by side.
    private const int MaxProducts = 2048;

    /// <summary>Whether the product is small.</summary>
    public static bool Fits(in GemmProblem<T> problem) =>
        !problem.Packed && problem.Products <= MaxProducts && GemmRules.KBlock(problem.K) >= problem.K;

    /// <summary>C = A·B or C += A·B</summary>
    public static void Multiply(in GemmProblem<T> problem)
    {
        int j = 0;
        if (problem.BColumn == 1 && Lanes.Width >= 128)
        {
            if (Lanes.Width >= 256) Columns<W256<T>>(problem, ref j);
            Columns<W128<T>>(problem, ref j);
        }
        Columns<W1<T>>(problem, ref j);
    }

    private static void Columns<V>(in GemmProblem<T> problem, ref int j) where V : struct, ILane<V, T>
    {
        int unit = GemmTiles<V, T>.MaxRows;
        for (; j <= problem.N - V.Count; j += V.Count)
            for (int i = 0; i < problem.M; i += unit)
            {
                GemmTiles<V, T>.Run(
                    Math.Min(unit, problem.M - i), 1, problem.K, problem.A + i * problem.ARow, problem.ARow, problem.AColumn,
                    problem.B + j * problem.BColumn, problem.BRow, problem.C + i * problem.CRow + j, problem.CRow, problem.Accumulate);
            }
    }
}
