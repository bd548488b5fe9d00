using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Chooses the form in which a product is computed, by its shape and strides.</summary>
internal readonly unsafe ref struct GemmSolver<T, TActivation>(in GemmProblem<T> problem, TActivation activation) : IWidthBody<T>
    where T : unmanaged where TActivation : struct, IBinaryLane
{
    // Multiply-adds below which waking the team costs more than it saves: about three microseconds' worth.
    private const double WorthSharing = 1 << 18;

    private readonly ref readonly GemmProblem<T> _problem = ref problem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, ILane<V, T>
    {
        if (_problem.M == 0 || _problem.N == 0) return;
        if (GemmSmall<T>.Fits(_problem))
        {
            GemmSmall<T>.Multiply(_problem);
            if (GemmEpilogue<V, T, TActivation>.Needed(_problem.Bias))
            {
                GemmEpilogue<V, T, TActivation>.Run(
                    _problem.M, _problem.N, _problem.C, _problem.CRow, _problem.C, _problem.CRow, false, _problem.Bias, _problem.BiasPerRow,
                    _problem.OtherAt(_problem.C), activation);
            }
        }
        else if (!Gemv<V, T, TActivation>.TryRun(_problem, activation))
        {
            int threads = _problem.Products < WorthSharing ? 1 : Team.Threads;
            if (GemmBlocks<V, T, TActivation>.Suits(_problem, threads)) GemmBlocks<V, T, TActivation>.Go(_problem, activation);
            else
            {
                var chunks = new GemmChunks<V, T, TActivation>(_problem, activation, threads);
                Team.Run(chunks.Count, ref chunks);
            }
        }
    }
}
