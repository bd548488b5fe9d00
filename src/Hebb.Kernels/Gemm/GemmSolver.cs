using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Chooses the form in which a product is computed, by its shape and strides.</summary>
internal static unsafe class GemmSolver<V, T, TActivation>
    where V : struct, ILane<V, T> where T : unmanaged where TActivation : struct, IUnaryLane
{
    // Multiply-adds below which waking the team costs more than it saves: about three microseconds' worth.
    private const double WorthSharing = 1 << 18;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmProblem<T> problem, TActivation activation)
    {
        if (problem.M == 0 || problem.N == 0) return;
        if (GemmSmall<T>.Fits(problem))
        {
            GemmSmall<T>.Multiply(problem);
            if (GemmEpilogue<V, T, TActivation>.Needed(problem.Bias))
            {
                GemmEpilogue<V, T, TActivation>.Run(
                    problem.M, problem.N, problem.C, problem.CRow, problem.C, problem.CRow, false, problem.Bias, problem.BiasPerRow,
                    activation);
            }
        }
        else if (!Gemv<V, T, TActivation>.TryRun(problem, activation))
        {
            var chunks = new GemmChunks<V, T, TActivation>(problem, activation, problem.Products < WorthSharing ? 1 : Team.Threads);
            Team.Run(chunks.Count, ref chunks);
        }
    }
}
