using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A product whose sums are long and whose result is small, such as the gradient of a weight: each chunk multiplies one block of k, so that
/// a thread reads its part of A and B in the order of memory; then the products of the blocks are added in their order. The sums are those
/// of <see cref="GemmChunks{V, T, TActivation}"/>, with the same bits.
/// </summary>
internal unsafe struct GemmBlocks<V, T, TActivation> : IJob
    where V : struct, ILane<V, T> where T : unmanaged where TActivation : struct, IBinaryLane
{
    // Numbers of C that are worth a chunk of their own when blocks are added.
    private const int ChunkSize = 4096;

    private readonly GemmProblem<T> _problem;
    private readonly TActivation _activation;
    private readonly int _block, _blocks, _rows;
    private readonly T* _products;
    private bool _isAdding;

    private GemmBlocks(in GemmProblem<T> problem, TActivation activation)
    {
        _problem = problem;
        _activation = activation;
        _block = GemmRules.KBlock<T>(problem.K);
        _blocks = GemmRules.Parts(problem.K, _block);
        _rows = Math.Max(1, ChunkSize / problem.N);
        _products = Scratch.Get<T>(ScratchUse.GemmBlocks, _blocks * Size);
    }

    private readonly nint Size => (nint)_problem.M * _problem.N;

    /// <summary>
    /// Whether blocks repay the memory that their products take: reading A and B must cost a thread several times as much.
    /// </summary>
    public static bool Suits(in GemmProblem<T> problem, int threads)
    {
        int blocks = GemmRules.Parts(problem.K, GemmRules.KBlock<T>(problem.K));
        return threads > 1 && blocks >= 2 * threads && !problem.Packed
            && 4.0 * problem.M * problem.N * blocks <= ((double)problem.M + problem.N) * problem.K;
    }

    /// <summary>Computes the product.</summary>
    public static void Go(in GemmProblem<T> problem, TActivation activation)
    {
        var job = new GemmBlocks<V, T, TActivation>(problem, activation);
        Team.Run(job._blocks, ref job);
        job._isAdding = true;
        Team.Run(GemmRules.Parts(problem.M, job._rows), ref job);
    }

    public readonly void Run(int chunk)
    {
        if (_isAdding) Add(chunk * _rows);
        else Multiply(chunk);
    }

    private readonly void Multiply(int block)
    {
        int first = block * _block, length = Math.Min(_block, _problem.K - first);
        var part = new GemmProblem<T>(
            _problem.M, _problem.N, length, _problem.A + (first * _problem.AColumn), _problem.ARow, _problem.AColumn,
            _problem.B + (first * _problem.BRow), _problem.BRow, _problem.BColumn, _products + (block * Size), _problem.N);
        var chunks = new GemmChunks<V, T, FirstOfPair<NoActivation>>(part, default, threads: 1);
        for (int i = 0; i < chunks.Count; i++) chunks.Run(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Add(int row)
    {
        int rows = Math.Min(_rows, _problem.M - row), count = rows * _problem.N;
        T* sums = _products + ((nint)row * _problem.N), next = sums;
        for (int block = 1; block < _blocks; block++)
        {
            next += Size;
            ShortRow<T>.Add(count, next, sums);
        }
        T* c = _problem.C + (row * _problem.CRow), bias = _problem.Bias;
        if (bias != null && _problem.BiasPerRow) bias += row;
        GemmEpilogue<V, T, TActivation>.Run(
            rows, _problem.N, sums, _problem.N, c, _problem.CRow, _problem.Accumulate, bias, _problem.BiasPerRow, _problem.OtherAt(c),
            _activation);
    }
}
