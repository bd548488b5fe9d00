namespace Hebb.Kernels;

/// <summary>A batch of products: many are shared out whole; few are done one after another, each shared out itself.</summary>
internal unsafe struct GemmBatch<T, TActivation> : IJob where T : unmanaged where TActivation : struct, IBinaryLane
{
    // Multiply-adds that are worth a chunk of their own.
    private const double ChunkProducts = 1 << 17;

    public GemmProblem<T> First;
    public TActivation Activation;
    public nint ABatch, BBatch, CBatch;
    public int Count;
    private int _perChunk;

    public void Run()
    {
        int threads = Team.Threads;
        _perChunk = (int)Math.Clamp(ChunkProducts / Math.Max(1, First.Products), 1, Count);
        int chunks = (Count + _perChunk - 1) / _perChunk;
        if (threads > 1 && chunks >= 2 * threads) Team.Run(chunks, ref this);
        else
            for (int chunk = 0; chunk < chunks; chunk++) Run(chunk);
    }

    public readonly void Run(int chunk)
    {
        int end = Math.Min(Count, (chunk + 1) * _perChunk);
        for (int i = chunk * _perChunk; i < end; i++)
        {
            GemmProblem<T> problem = First;
            problem.A += i * ABatch;
            problem.B += i * BBatch;
            problem.C += i * CBatch;
            if (problem.Other != null) problem.Other += i * CBatch;
            Gemm.Solve(problem, Activation);
        }
    }
}
