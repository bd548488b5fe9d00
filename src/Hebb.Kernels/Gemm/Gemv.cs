namespace Hebb.Kernels;

/// <summary>
/// Products with one row or one column: bound by memory, so the matrix is read once, in the order in which it lies there.
/// </summary>
internal static unsafe class Gemv<V, T, TActivation>
    where V : struct, ILane<V, T> where T : unmanaged where TActivation : struct, IBinaryLane
{
    // Numbers of the matrix that are worth a chunk of their own.
    private const int ChunkSize = 1 << 16;

    /// <summary>Computes the product if it is a vector's and the strides fit.</summary>
    public static bool TryRun(in GemmProblem<T> problem, TActivation activation)
    {
        if (problem.Packed) return false;
        if (problem.M == 1)
            return TryRun(problem, activation, problem.N, problem.B, problem.BColumn, problem.BRow, problem.A, problem.AColumn);
        return problem.N == 1
            && TryRun(problem, activation, problem.M, problem.A, problem.ARow, problem.AColumn, problem.B, problem.BRow);
    }

    private static bool TryRun(
        in GemmProblem<T> problem, TActivation activation, int outputs, T* m, nint outputStride, nint stepStride, T* x, nint xStride)
    {
        if (stepStride != 1 && outputStride != 1) return false;
        if (xStride != 1)
        {
            T* copy = Scratch.Get<T>(ScratchUse.GemmRight, problem.K);
            for (int p = 0; p < problem.K; p++) copy[p] = x[p * xStride];
            x = copy;
        }
        T* y = Scratch.Get<T>(ScratchUse.GemmProduct, outputs);
        int threads = Team.Threads;
        int outputsPerChunk = threads == 1 ? outputs : Math.Max(ChunkSize / Math.Max(1, problem.K), outputs / (2 * threads)) / 64 * 64 + 64;
        int chunks = GemmRules.Parts(outputs, outputsPerChunk);
        if (stepStride == 1)
        {
            var dots = new GemvDots<V, T>
            {
                Rows = outputs,
                K = problem.K,
                RowsPerChunk = outputsPerChunk,
                M = m,
                Row = outputStride,
                X = x,
                Y = y,
            };
            Team.Run(chunks, ref dots);
        }
        else
        {
            var columns = new GemvColumns<V, T>
            {
                Columns = outputs,
                K = problem.K,
                ColumnsPerChunk = outputsPerChunk,
                M = m,
                Row = stepStride,
                X = x,
                Y = y,
            };
            Team.Run(chunks, ref columns);
        }
        Finish(problem, activation, outputs, y);
        return true;
    }

    // A column of C without gaps is finished like a row, with the roles of rows and columns exchanged.
    private static void Finish(in GemmProblem<T> problem, TActivation activation, int outputs, T* y)
    {
        bool isRow = problem.M == 1, turn = !isRow && problem.CRow == 1;
        int rows = isRow || turn ? 1 : outputs, columns = isRow || turn ? outputs : 1;
        GemmEpilogue<V, T, TActivation>.Run(
            rows, columns, y, 1, problem.C, problem.CRow, problem.Accumulate, problem.Bias, problem.BiasPerRow != turn,
            problem.OtherAt(problem.C), activation);
    }
}
