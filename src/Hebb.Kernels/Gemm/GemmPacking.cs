namespace Hebb.Kernels;

/// <summary>Packing of a whole B, some panels a chunk.</summary>
internal unsafe struct GemmPacking<T> : IJob where T : unmanaged
{
    // Numbers that are worth a chunk of their own.
    private const int ChunkSize = 1 << 16;

    public int K, N;
    public T* B;
    public nint BRow, BColumn;
    public T* Panels;
    private int _panelsPerChunk;

    public void Run()
    {
        int width = GemmRules.Panel<T>(), panels = (N + width - 1) / width;
        _panelsPerChunk = Math.Clamp(ChunkSize / (width * Math.Max(1, K)), 1, panels);
        Team.Run((panels + _panelsPerChunk - 1) / _panelsPerChunk, ref this);
    }

    public readonly void Run(int chunk)
    {
        int width = GemmRules.Panel<T>(), first = chunk * _panelsPerChunk * width, columns = Math.Min(_panelsPerChunk * width, N - first);
        nint stride = GemmRight<T>.PackedStride(K);
        T* b = B + first * BColumn;
        T* to = Panels + first / width * stride;
        switch (Lanes.Width)
        {
            case 512: GemmRight<T>.Pack<W512<T>>(K, columns, b, BRow, BColumn, to, stride); break;
            case 256: GemmRight<T>.Pack<W256<T>>(K, columns, b, BRow, BColumn, to, stride); break;
            case 128: GemmRight<T>.Pack<W128<T>>(K, columns, b, BRow, BColumn, to, stride); break;
            default: GemmRight<T>.Pack<W1<T>>(K, columns, b, BRow, BColumn, to, stride); break;
        }
    }
}
